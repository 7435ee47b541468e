"""A website in a zip: unpacked as it is, or refused with the reason."""

import stat
import unicodedata

import pytest

from tests import make_files
from tests.workshop import zips


def paths(made):
    return [file["path"] for file in made["files"]]


def test_a_site_is_unpacked_with_types_titles_and_its_start(work, into):
    told = []
    made = work("site", make_files.site(), lambda done, total: told.append((done, total)))
    files = {file["path"]: file for file in made["files"]}
    assert set(files) == set(make_files.small_site())
    assert files["js/site.js"]["media_type"] == "text/javascript"
    assert (into / files["data/tides.json"]["file"]).read_text() == '{"high": "06:12"}'
    assert made["start"] == "index.html"
    assert made["pages"][1] == {"path": "about.html", "title": "About us"}
    assert made["found"] == ["2 pages", "1 style sheet", "1 script", "1 image", "1 other file"]
    assert told[0] == (0, 6)


def test_what_is_told_of_a_file_is_its_size(work, into):
    for file in work("site", make_files.site())["files"]:
        assert (into / file["file"]).stat().st_size == file["size_bytes"]


def test_the_one_top_folder_is_the_root(work):
    made = work(
        "site", zips.packed([("v3/", ""), ("v3/index.html", zips.PAGE), ("v3/a/b.css", "")])
    )
    assert paths(made) == ["index.html", "a/b.css"]


def test_what_systems_add_is_no_part_of_the_site(work):
    junk = [("__MACOSX/._index.html", "x"), ("img/.DS_Store", "x"), ("Thumbs.db", "x")]
    assert paths(work("site", zips.packed([("index.html", zips.PAGE), *junk]))) == ["index.html"]


def test_a_name_in_utf_8_that_does_not_say_so_is_read_as_meant(work):
    content = zips.packed([("index.html", zips.PAGE), ("größe.css", "")])
    silent = content.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    assert silent != content
    assert "größe.css" in paths(work("site", silent))


def test_a_decomposed_name_is_kept_composed(work):
    decomposed = unicodedata.normalize("NFD", "größe.css")
    content = zips.packed([("index.html", zips.PAGE), (decomposed, "")])
    assert paths(work("site", content))[1] == unicodedata.normalize("NFC", decomposed)


@pytest.mark.parametrize(
    ("names", "start"),
    [
        (["a/index.html", "b.html"], "a/index.html"),
        (["a/index.html", "b/index.html"], None),
        (["only.htm", "x.css"], "only.htm"),
        (["one.html", "two.html"], None),
        (["HOME.HTML", "two.html"], "HOME.HTML"),
        (["index.html", "index.htm"], "index.html"),
    ],
)
def test_the_start_page_is_found_if_it_is_plain(work, names, start):
    assert work("site", zips.packed([(name, zips.PAGE) for name in names]))["start"] == start


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>\n Tide  &amp; time </title>", "Tide & time"),
        ("<svg><title>Logo</title></svg>", ""),
        ("<script>var t = '<title>No</title>'</script><title>Yes</title>", "Yes"),
        ("no title", ""),
        ("<title>" + "x" * 500 + "</title>", "x" * 120),
        ("<title>Never closed", "Never closed"),
        ("<!doctype html [<!x]><![weird<title>a</title>", ""),
    ],
)
def test_a_title_is_read_without_running_the_page(work, page, title):
    assert work("site", zips.packed([("index.html", page)]))["pages"][0]["title"] == title


def test_a_title_is_read_in_the_charset_of_its_page(work):
    page = '<meta charset="iso-8859-1"><title>Größe</title>'.encode("latin-1")
    assert work("site", zips.packed([("index.html", page)]))["pages"][0]["title"] == "Größe"


@pytest.mark.parametrize(
    "name",
    [
        *("../index.html", "a/../../b.html", "/etc/passwd", "a//b.html", "./a.html", "a/./b.html"),
        *("..", "C:/x.html", "c:x.html", "a\\b.html", "\\\\host\\x", "/"),
    ],
)
def test_a_path_that_could_lead_elsewhere_is_refused(refused, name):
    assert "is not a plain path" in refused("site", zips.with_page(name))


@pytest.mark.parametrize("name", ["a\x00b.html", "a\nb.html", "a\x7f.html", "gpj.\u202egnp.html"])
def test_a_name_with_invisible_characters_is_refused(refused, name):
    assert "invisible characters" in refused("site", zips.with_page(name))


@pytest.mark.parametrize("name", ["x" * 241, "/".join("a" * 25)])
def test_a_name_too_long_or_too_deep_is_refused(refused, name):
    assert "too deep or its name is too long" in refused("site", zips.with_page(name))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK])
def test_links_and_devices_are_refused(refused, kind):
    sentence = refused("site", zips.with_page("link", b"/etc/passwd", mode=kind | 0o777))
    assert sentence == "“link” in this zip is a link or a device. Pack the file itself."


@pytest.mark.parametrize(
    ("one", "other"),
    [("a.css", "a.css"), ("a.css", "A.CSS"), ("gr\u00f6\u00dfe", "GRO\u0308SSE"), ("\ufb01", "fi")],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_some_desk_takes_for_one_are_refused(refused, one, other):
    content = zips.packed([("index.html", zips.PAGE), (one, "1"), (other, "2")])
    assert "twice, or differs only in case" in refused("site", content)


def test_a_name_that_is_a_file_and_a_folder_is_refused(refused):
    content = zips.packed([("index.html", zips.PAGE), ("a", "1"), ("A/b.css", "2")])
    assert "is a file and a folder" in refused("site", content)


def test_a_locked_zip_is_refused(refused):
    assert refused("site", zips.locked()) == (
        "This zip is locked with a password. Pack it without one."
    )


def test_entries_that_overlap_are_refused(refused):
    content = zips.overlapping()
    assert len(content) < 50_000
    assert "overlap each other" in refused("site", content)


@pytest.mark.parametrize("facts", [{"file_size": 5}, {"file_size": 11}, {"CRC": 7}])
def test_a_list_that_lies_about_a_file_is_refused(refused, facts):
    assert refused("site", zips.forged(**facts)).startswith("“data.txt”")


def test_what_would_unpack_to_more_than_we_keep_is_refused_before(refused):
    assert "more than 1,000 MB" in refused("site", zips.forged(file_size=1_000_000_001))


def test_what_packs_too_well_is_refused(refused):
    content = zips.packed([("index.html", zips.PAGE), ("zero.bin", bytes(11_000_000))])
    assert "more than 100 times its size" in refused("site", content)


def test_a_small_blank_file_packs_well_and_is_fine(work):
    content = zips.packed([("index.html", zips.PAGE), ("zero.bin", bytes(1_000_000))])
    assert work("site", content)["files"][1]["size_bytes"] == 1_000_000


def test_more_files_than_we_list_are_refused(refused):
    content = zips.packed([(f"{n}.html", "") for n in range(5_001)])
    assert "more than 5,000 files" in refused("site", content)


@pytest.mark.parametrize("name", ["old.zip", "a/OLD.RAR", "x.7z", "x.tar", "x.tgz"])
def test_an_archive_inside_is_refused(refused, name):
    assert "is an archive inside the zip" in refused("site", zips.with_page(name))


def test_an_unusual_packing_is_refused(refused):
    content = zips.with_page("data.txt", compress_type=12)
    assert "unusual way" in refused("site", content)


def test_without_a_page_the_sentence_says_what_there_is(refused):
    content = zips.packed([("a.png", "x"), ("b.png", "x"), ("fonts/c.woff2", "x"), ("LICENSE", "")])
    assert refused("site", content) == (
        "This zip has no start page: it holds 2 images, 1 font and 1 other file. "
        "Add an index.html and retry."
    )


def test_an_empty_zip_has_no_page_either(refused):
    assert "it holds nothing" in refused("site", zips.packed([("__MACOSX/x", "")]))


@pytest.mark.parametrize("cut", [30, 200, -30, -5])
def test_a_zip_that_arrived_in_part_is_refused(refused, cut):
    assert "arrived damaged" in refused("site", make_files.site()[:cut])
