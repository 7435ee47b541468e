"""From a video to its facts and a poster. It is never decoded whole."""

from fractions import Fraction
from itertools import islice

import av
import pyvips

from portal.storage.limits import MAX_PIXELS, Unusable
from portal.storage.sniff import sniff
from portal.workshop import copies

MP4, WEBM = "video/mp4", "video/webm"
DAMAGED = "This video is damaged. Export it again and retry."
EXPORT = "Export it as MP4 with H.264 video and AAC sound and retry."
# What every browser of today plays: the demuxer, the codecs of the picture and those of the sound.
_DEMUXERS = {MP4: "mp4", WEBM: "webm"}
_VIDEO = {MP4: {"h264", "vp9", "av1"}, WEBM: {"vp8", "vp9", "av1"}}
_SOUND = {MP4: {"aac", "mp3", "opus"}, WEBM: {"opus", "vorbis"}}
_H264_PIXELS = {"yuv420p", "yuvj420p"}  # Others are for editing; browsers show them green, or not.
_NAMES = {"hevc": "HEVC (H.265)", "prores": "ProRes", "mpeg4": "MPEG-4 Part 2", "h264": "H.264"}
_NAMES |= {"dnxhd": "DNxHD", "mjpeg": "Motion JPEG", "vp9": "VP9", "vp8": "VP8", "av1": "AV1"}
_NAMES |= {"ac3": "Dolby Digital", "eac3": "Dolby Digital Plus", "alac": "Apple Lossless"}
_PLACES = (Fraction(1, 10), Fraction(3, 10), Fraction(1, 2), Fraction(7, 10))
_AT_MOST_MS = 2_000  # A title stands by then; a long film's tenth is far into it.
_FRAMES = 90  # Decoded for one poster at most: a second or two for 4K.
_DARK, _FLAT = 20, 6  # Of 255: below, a frame is black, or of one colour.


def work(path, into, tell):
    """Return {"duration_ms", "width", "height", "media_type", "poster", "thumb",
    "frames_per_second_thousandths"}. Width and height are upright pixels as they are shown.

    Raises Unusable for what browsers do not play, with what to export instead.
    """
    media_type = sniff(path).media_type
    if media_type not in _DEMUXERS:
        raise Unusable(f"This is no MP4 or WebM video. {EXPORT}")
    tell(0, 3)
    try:
        with _opened(path, media_type) as film:
            stream = _playable(film, media_type)
            facts = {"duration_ms": _duration_ms(film, stream), "media_type": media_type}
            tell(1, 3)
            image = _poster(film, stream, facts["duration_ms"])
            facts["frames_per_second_thousandths"] = round((stream.average_rate or 0) * 1000)
    except (av.FFmpegError, EOFError) as error:
        raise Unusable(DAMAGED) from error
    tell(2, 3)
    size = {"width": image.width, "height": image.height}
    made = {"poster": copies.SHOWN_PX, "thumb": copies.THUMB_PX}
    for name, most in made.items():
        made[name] = copies.write(image, into, name, copies.widest(*size.values(), most))
    return {**facts, **size, **made}


def _opened(path, media_type):
    """Open it as what it was judged to be, so that it cannot be a list of other addresses."""
    options = {"protocol_whitelist": "file"}
    return av.open(str(path), format=_DEMUXERS[media_type], options=options)


def _playable(film, media_type):
    """Return the stream that is seen. Raises Unusable if a browser would not play it."""
    if not film.streams.video:
        raise Unusable(f"This file has sound but no picture. {EXPORT}")
    stream = film.streams.video[0]
    seen, heard = _codec(stream), [_codec(one) for one in film.streams.audio[:1]]
    for codec, played, what in (
        (seen, _VIDEO[media_type], "video"),
        *((one, _SOUND[media_type], "sound") for one in heard),
    ):
        if codec not in played:
            name = _NAMES.get(codec, codec.upper().replace("_", " "))
            raise Unusable(
                f"The {what} in this file is {name}, which browsers do not play. {EXPORT}"
            )
    if seen == "h264" and stream.codec_context.pix_fmt not in _H264_PIXELS:
        raise Unusable(
            f"This video keeps its colours as {stream.codec_context.pix_fmt}, which browsers do not "
            "play. Export it as H.264 with 8 bits and 4:2:0 and retry."
        )
    if not 0 < stream.width * stream.height <= MAX_PIXELS:
        raise Unusable(DAMAGED)
    stream.codec_context.thread_count = 1  # Each thread holds frames of its own.
    return stream


def _codec(stream):
    """Return the codec's plain name; "unknown" for one that no decoder here knows."""
    try:
        return stream.codec.canonical_name
    except (AttributeError, ValueError):
        return "unknown"


def _duration_ms(film, stream):
    """Return how long it is. A recording made in a browser does not say; then it is read through."""
    if film.duration:
        return film.duration * 1000 // av.time_base
    if stream.duration:
        return int(stream.duration * stream.time_base * 1000)
    end = max((one.pts + (one.duration or 0) for one in film.demux(stream) if one.pts), default=0)
    return int(end * stream.time_base * 1000)


def _poster(film, stream, duration_ms):
    """Return a frame from a little in, upright; the brightest looked at if all are black."""
    looked_at = []
    for place in _PLACES:
        at_ms = (
            int(duration_ms * place) if looked_at else min(_AT_MOST_MS, int(duration_ms * place))
        )
        image = _frame_at(film, stream, at_ms)
        if image is not None:
            looked_at.append(image)
            if image.avg() > _DARK and image.deviate() > _FLAT:
                return image
    if not looked_at:
        raise Unusable(DAMAGED)
    return max(looked_at, key=lambda image: (image.deviate(), image.avg()))


def _frame_at(film, stream, at_ms):
    """Return the frame at that time, or one before it if it is far from where decoding can begin.

    None if none can be decoded.
    """
    wanted = int(at_ms / 1000 / stream.time_base) + (stream.start_time or 0)
    frame = None
    try:
        film.seek(wanted, stream=stream)
        for frame in islice(film.decode(stream), _FRAMES):
            if frame.pts is not None and frame.pts >= wanted:
                break
    except av.FFmpegError:
        pass  # What was decoded before is good enough, if there is any.
    return _as_seen(frame, stream) if frame else None


def _as_seen(frame, stream):
    """Return a frame as a pyvips image: square pixels, turned as the player turns it."""
    plain = frame.reformat(format="rgb24")
    plane = plain.planes[0]
    rows = pyvips.Image.new_from_memory(bytes(plane), plane.line_size, plain.height, 1, "uchar")
    pixels = rows.crop(0, 0, plain.width * 3, plain.height).write_to_memory()
    image = pyvips.Image.new_from_memory(pixels, plain.width, plain.height, 3, "uchar")
    image = image.copy(interpretation="srgb")
    ratio = stream.sample_aspect_ratio or 1
    if ratio > 0 and ratio != 1:
        image = image.resize(float(ratio), vscale=1)
    turns = {90: "d270", -90: "d90", 180: "d180", -180: "d180", 270: "d90", -270: "d270"}
    turn = turns.get(round(frame.rotation))
    return (image.rot(turn) if turn else image).copy_memory()
