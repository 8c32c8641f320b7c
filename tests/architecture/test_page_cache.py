"""Pages kept for visitors: the same page, never somebody's own."""

from flask import Flask, Response

from participation.web import page_cache


def an_app(seconds: float = 60.0) -> Flask:
    app = Flask("kept")
    app.config["PAGE_CACHE_SECONDS"] = seconds
    page_cache.init_app(app)
    app.extensions["visits"] = []

    @app.route("/<path:page>", methods=["GET", "POST"])
    def show(page: str) -> Response:
        app.extensions["visits"].append(page)
        control = "private, no-store" if page == "own" else "public, max-age=60"
        return Response(f"{page} {len(app.extensions['visits'])}", headers={"Cache-Control": control})

    return app


def test_a_page_for_visitors_is_made_once() -> None:
    visitor = an_app().test_client()

    assert visitor.get("/page?a=1").text == visitor.get("/page?a=1").text == "page 1"


def test_another_query_or_another_encoding_is_another_page() -> None:
    visitor = an_app().test_client()

    assert visitor.get("/page?a=1").text == "page 1"
    assert visitor.get("/page?a=2").text == "page 2"
    assert visitor.get("/page?a=1", headers={"Accept-Encoding": "gzip"}).text == "page 3"


def test_a_reader_with_a_cookie_always_reads_the_present() -> None:
    app = an_app()
    visitor, reader = app.test_client(), app.test_client()
    reader.set_cookie("session", "x")
    visitor.get("/page")

    assert reader.get("/page").text == "page 2"
    assert reader.get("/page").text == "page 3"


def test_a_private_page_and_a_post_are_never_kept() -> None:
    visitor = an_app().test_client()

    assert [visitor.get("/own").text for _ in range(2)] == ["own 1", "own 2"]
    assert [visitor.post("/page").text for _ in range(2)] == ["page 3", "page 4"]


def test_it_can_be_switched_off() -> None:
    visitor = an_app(seconds=0).test_client()

    assert [visitor.get("/page").text for _ in range(2)] == ["page 1", "page 2"]
