"""The headers every answer of the portal carries."""

YEAR_SECONDS = 31_536_000


def install(app):
    settings = app.extensions["settings"]
    fixed = {
        "Content-Security-Policy": policy(settings),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    if settings.is_https:
        fixed["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}; includeSubDomains"

    @app.after_request
    def add(response):
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        return response


def policy(settings):
    """Files of our own only; pictures, video and frames also from the content origin.

    No nonces: a page brought back by a 304 would come with the old one.
    """
    content = settings.content_url
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            f"img-src 'self' {content}",
            f"media-src {content}",
            f"frame-src 'self' {content}",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )
