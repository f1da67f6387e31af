"""What people write who mean harm: markup that runs, addresses that run, and text that becomes either on its way.

Over a thousand texts of every published kind, made by crossing what runs with the ways in which it is hidden. Each calls
`alert`, which the tests listen for.
"""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases"

RUNS = (
    """
img src=x onerror|svg onload|body onload|details open ontoggle|video src=x onerror|audio src=x onerror
input autofocus onfocus|select autofocus onfocus|textarea autofocus onfocus|marquee onstart|iframe onload
object data=x onerror|style onload
link rel=stylesheet href=x onerror|script src=x onerror|embed src=x onerror|a href=#x onclick|p onpointerover|button onclick
svg><animate attributeName=x dur=1s onbegin|svg><set attributeName=x onbegin|svg><image href=x onerror|form onsubmit
picture><img src=x onerror|video><source onerror|math><mtext><img src=x onerror|dialog open onclose|meter onmouseover
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
WRITTEN = [
    "<{}=alert(1)>",
    '<{}="alert(1)">',
    "<{}='alert(1)' ",
    "<{}=alert`1`>",
    "<{}=&#97;lert(1)>",
    "<{}=alert(1)//",
    "<{}\n=\nalert(1)>",
    "<\t{}=alert(1)>",
    "<\0{}=alert(1)>",
    '"><{}=alert(1)>',
    "'><{}=alert(1)>",
    "</title><{}=alert(1)>",
    "</textarea></script></style><{}=alert(1)>",
    "--><{}=alert(1)>",
    "]]><{}=alert(1)>",
    "<<{}=alert(1)>",
    "<b><{}=alert(1)></b>",
    "&lt;{}=alert(1)&gt;",
    "\uff1c{}=alert(1)\uff1e",
    "`<{}=alert(1)>`",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61vascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "javascript:alert(1)//https://x.y",
    "javascript://x.y/%0aalert(1)",
    "javascript:%61lert(1)",
    "java\u200bscript:alert(1)",
    "\u202ejavascript:alert(1)",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "vbscript:alert(1)",
    "file:///etc/passwd",
    "blob:https://x.y/1",
    "filesystem:https://x.y/1",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:javascript:alert(1)",
    'https://x.y"onmouseover=alert(1)//',
    "https://x.y'onmouseover=alert(1)//",
    "https://x.y/`onmouseover=alert(1)",
    "https://x.y/&quot;onmouseover=alert(1)//",
    'mailto:a@b.c?body="onclick=alert(1)',
    "intent://x#Intent;scheme=javascript;end",
    "ftp://x.y/z",
    "tel:+1",
]
PLACES = [
    "{}",
    "[x]({})",
    "[x](<{}>)",
    '[x]({} "onclick=alert(1)")',
    "![x]({})",
    "<{}>",
    "[x]: {}\n\n[x]",
    "[{}](https://x.y)",
    '<a href="{}">x</a>',
    "<a href={}>x</a>",
    "<iframe src='{}'></iframe>",
    '<form action="{}"><button>x</button></form>',
    '<button formaction="{}">x</button>',
    '<svg><a xlink:href="{}"><text y=9>x</text></a></svg>',
    '<math href="{}">x</math>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<base href="{}">',
    '<meta http-equiv=refresh content="0;url={}">',
    '<link rel=import href="{}">',
]
# Harmless until it is parsed a second time, in another place of the tree.
MUTATING = [
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<svg><desc><template><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<math><annotation-xml encoding="text/html"><style><img src=x onerror=alert(1)></style></annotation-xml></math>',
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
    '<xmp><p title="</xmp><svg/onload=alert(1)>">',
    '<iframe><p title="</iframe><img src=x onerror=alert(1)>">',
    '<noembed><p title="</noembed><img src=x onerror=alert(1)>">',
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<table><td><math><mi><p><img src=x onerror=alert(1)></table>",
    '<math><style><img title="</style><img src=x onerror=alert(1)>">',
    "<svg><style>&lt;img src=x onerror=alert(1)&gt;</style></svg>",
    "<svg><title><img src=x onerror=alert(1)></title></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x\"/></svg>",
    "<svg><script xlink:href=data:,alert(1)></script></svg>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text y=9>x</text></a></svg>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    "<script>alert(1)</script>",
    "<script/src=data:,alert(1)></script>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)<!--",
    "<script type=module>alert(1)</script>",
    "<template shadowrootmode=open><img src=x onerror=alert(1)></template>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style=\"background:url('javascript:alert(1)')\">x</p>",
    "<p style=-moz-binding:url(//evil.example)>x</p>",
    "<live-patch put=toasts><img src=x onerror=alert(1)></live-patch>",
    "<span class=mention data-user=1 onclick=alert(1)>x</span>",
    "<a name=location id=cookie href=https://x.y>x</a>",
    "<form id=x><input name=attributes><input name=parentNode></form>",
    "{{constructor.constructor('alert(1)')()}}",
    "{% load x %}{{ request }}{# #}",
    "${alert(1)}#{alert(1)}<%= alert(1) %>",
    "\x02wzxhzdk:0\x03<img src=x onerror=alert(1)>\x02klzzwxh:0000\x03",
    "+ADw-img src=x onerror=alert(1)+AD4-",
    "\x1b$B<img src=x onerror=alert(1)>\x1b(B",
    "\u2028<img src=x onerror=alert(1)>\u2029",
    "%3Cimg src=x onerror=alert(1)%3E",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "\\x3cimg src=x onerror=alert(1)\\x3e",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "&lt&lt;img src=x onerror=alert(1)&gt",
    "&#60;img src=x onerror=alert(1)&#62;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
]
AROUND = [
    "{}",
    "**{}**",
    "`{}`",
    "> {}",
    "- 1. {}",
    "```html\n{}\n```",
    "```{}\nx\n```",
    "[{}](https://x.y)",
    '[x](https://x.y "{}")',
    "@{} #12{}",
    "/task {}",
    "\u202e{}\u2066",
    "*_~~{}~~_*",
]


def texts() -> list[str]:
    """All of them, each once."""
    made: Iterator[str] = (
        *(way.replace("{}", each) for each, way in product(RUNS, WRITTEN)),
        *(place.replace("{}", address) for address, place in product(ADDRESSES, PLACES)),
        *(around.replace("{}", each) for each, around in product(MUTATING, AROUND)),
        *(around.replace("{}", each) for each, around in product(published(), AROUND[:4])),
    )
    return list(dict.fromkeys(made))


def published() -> list[str]:
    """Those of the case files."""
    names = json.loads((CASES / "hostile-names.json").read_text())
    markup = json.loads((CASES / "hostile-markup.json").read_text())
    return [*names["display_names"], *names["filenames"], *markup["markup"], *markup["addresses"]]
