"""The sprite of icons."""

from workspace.templatetags.icons import icons


def test_each_icon_is_a_symbol_of_its_name() -> None:
    sprite = icons("plus", "x")
    assert sprite.count("<symbol") == 2
    assert 'id="i-plus"' in sprite
    assert "<path" in sprite
