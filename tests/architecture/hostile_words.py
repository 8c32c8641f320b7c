"""The words of somebody who tries: markup, other languages of machines, and what Unicode allows.

The identifiers are those of the catalogue of abuse: A is markup and script, C Unicode and length.
"""

# Elements and attributes that would run call `zq`, which nothing of ours does.
MARKUP = {
    "A01 script": "<script>zq(1)</script>",
    "A02 end of an attribute": '"><svg onload=zq(1)>',
    "A02 end of an attribute, single": "'><svg/onload='zq(1)'>",
    "A03 picture": "<img src=zq onerror=zq(1)>.pdf",
    "A06 in the middle of an attribute": '" onfocus="zq(1)" autofocus="',
    "A06 without a quotation mark": "x onmouseover=zq(1) y",
    "A08 address that runs": "[zq](javascript:zq(1))",
    "A08 in other letters": "[zq](JaVaScRiPt:zq(1)) [zq](data:text/html,<script>zq(1)</script>)",
    "A08 with a tabulation": "java\tscript:zq(1) vbscript:zq(1)",
    "A09 address found in a text": 'http://zq.example/"onmouseover=zq(1)//',
    "A11 changed by repairing": "<svg><style><img src=x onerror=zq(1)></style></svg>",
    "A11 mathematics": "<math><mtext><style><!--</style><img title='--&gt;&lt;img src=1 onerror=zq(1)&gt;'>",
    "A11 without script": "<noscript><p title='</noscript><img src=x onerror=zq(1)>'>",
    "A14 template": "{{7*7}}{% for one in ().__class__ %}${7*7}#{7*7}<%= 7*7 %>",
    "A15 placeholder": "%(name)s %s %d %(num)s {0.__class__} {user.password}",
    "A16 end of a field": "</textarea></option></select></form><script>zq(1)</script>",
    "A16 end of a title": "</title></head><script>zq(1)</script>",
    "A17 end of an island": "</script><script>zq(1)</script><!--<script>",
    "A17 end of a comment": "--><script>zq(1)</script><!-- ]]><script>zq(1)</script>",
    "A18 style": "<p style=\"background:expression(zq(1))\">zq</p><style>@import 'zq'</style>",
    "A19 form": "<form action=https://zq.example><button formaction=javascript:zq(1)>zq</button></form>",
    "A19 elsewhere": "<meta http-equiv=refresh content='0;zq'><base href=https://zq.example>",
    "A19 window": "<a target=_blank href=https://zq.example>zq</a>",
    "A20 frames": "<iframe srcdoc='<script>zq(1)</script>'></iframe><object data=zq></object><embed src=zq>",
    "A20 import": "<link rel=import href=zq><link rel=stylesheet href=//zq.example>",
    "A21 in a sentence": "' + zq(1) + ' \\' ; zq(1) // \u2028 zq(1)",
    "references": "&lt;script&gt;zq(1)&lt;/script&gt; &amp;#60; &#x3c;script&#62;",
    "B06 header": "zq\r\nBcc: zq@mail.example\r\n\r\nzq",
    "B09 formula": '=HYPERLINK("https://zq.example")',
}

UNICODE = {
    "C01 marks that pile up": "Z" + "\u0335\u0301" * 250 + "algo",
    "C02 direction turned": "zq \u202egnp.exe\u2066 \u202d\u2067 zq",
    "C03 nothing to see": "\u200b\u200c\u200d\ufeff\u2060 \u00a0\u2800\u3164",
    "C04 other letters": "М\u0430irie, M\u0430\u0456r\u0456e, \u041cod\u00e9rateur",
    "C05 full width": "\uff5a\uff51\uff20\uff4d\uff41\uff49\uff4c.example",
    "C07 joined signs": "👩‍👩‍👧‍👦🏳️‍🌈👍🏿🇫🇷" * 5,
    "C10 both directions": "שלום (zq) مرحبا 123 zq",
    "C11 controls": "zq\x00\x01\x08\x0b\x1b[31m\x7f\x85\x9b\u2028\u2029\ufffe\uffff\U000e0041zq",
    "C12 cases": "İSTANBUL ıŞIK STRASSE ΣΊΣΥΦΟΣ ﬃ",
    "C13 private and unassigned": "\ue000\U000f0000\u0378\U0003ffff zq" + "\ufe0f" * 256,
    "C14 one becomes eighteen": "\ufdfa" * 30,
    "C15 other letters in an address": "http://аррӏе.com/ http://xn--80ak6aa92e.com/",
    "not normalised": "e\u0301cole \u212b \u1e9b\u0323",
}

WORDS = {**MARKUP, **UNICODE}
# In one line, whatever would run in any place of a page, and what a template would calculate.
EVERYWHERE = (
    "\"'><script>zq(1)</script><svg onload=zq(1)><img src=zq onerror=zq(1)></textarea></title>--> ]]> "
    '{{7*7}} %(num)s ${7*7} [zq](javascript:zq(1)) http://zq.example/"onmouseover=zq(1) é\u202ezq'
)

# C16: what no field for a number takes, 400 figures among them.
NO_NUMBERS = ("１２", "٣", "1e9", "0x10", "NaN", "Infinity", "-0", "1_000", "+1", "1.5", "9" * 400, "-1", "²")
# C17: what no field for a day or a moment takes.
NO_DATES = (
    "2026-02-30",
    "2026-13-01",
    "0000-01-01",
    "10000-01-01",
    "2026-01-01T24:00",
    "24:00",
    "２０２６-０１-０１",
    "2026-W01-1",
    "demain",
    "NaN",
    "<script>zq(1)</script>",
)
