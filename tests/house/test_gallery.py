"""Every component of the pages can be looked at in the gallery."""

from tests.house import tree


def test_every_component_is_in_the_gallery() -> None:
    components = [
        path for path in tree.templates() if path.is_relative_to(tree.PACKAGE / "web" / "components")
    ]
    gallery = "\n".join(
        path.read_text(encoding="utf-8")
        for path in tree.files()
        if path.is_relative_to(tree.PACKAGE / "web" / "gallery") and path.suffix in (".html", ".py")
    )
    assert components and gallery
    assert [tree.where(path) for path in components if path.name not in gallery] == []
