"""Samples of what office programs put on the clipboard, written by hand to match the output of each program."""

from __future__ import annotations

_WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026"/></xml><![endif]-->
<style><!--
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal {{margin:0cm; font-size:12.0pt; font-family:"Aptos",sans-serif;}}
 span.Secret {{mso-style-name:Secret; display:none; mso-hide:all;}}
 @list l0:level1 {{mso-level-text:"%1\\."; mso-level-tab-stop:none;}}
--></style></head><body lang={language} style='tab-interval:36.0pt'><!--StartFragment-->{body}<!--EndFragment--></body></html>"""
_MARK = """<![if !supportLists]><span style='mso-fareast-font-family:Aptos'><span style='mso-list:Ignore'>{}<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"""


def word(body: str, language: str = "EN-GB") -> str:
    """Return a document of Word for Windows with this body."""
    return _WORD.format(body=body, language=language)


def word_item(text: str, mark: str, level: int = 1, direction: str = "") -> str:
    """Return a list item as Word writes it, which is a paragraph."""
    style = f"text-indent:-18.0pt;mso-list:l0 level{level} lfo1"
    return (
        f"<p class=MsoListParagraphCxSpMiddle {direction} style='{style}'>{_MARK.format(mark)}{text}<o:p></o:p></p>\n"
    )


def word_note(number: int, text: str) -> tuple[str, str]:
    """Return the reference to a Word footnote, and the note."""
    sign = f"<span style='mso-special-character:footnote'><![if !supportFootnotes]>[{number}]<![endif]></span>"
    reference = (
        f'<a style=\'mso-footnote-id:ftn{number}\' href="#_ftn{number}" name="_ftnref{number}" title="">'
        f"<span class=MsoFootnoteReference><span style='vertical-align:super'>{sign}</span></span></a>"
    )
    note = (
        f"<div style='mso-element:footnote' id=ftn{number}><p class=MsoFootnoteText>"
        f'<a style=\'mso-footnote-id:ftn{number}\' href="#_ftnref{number}" name="_ftn{number}" title="">'
        f"<span class=MsoFootnoteReference>{sign}</span></a> {text}<o:p></o:p></p></div>"
    )
    return reference, note


_REFERENCE, _NOTE = word_note(1, "المنظمة الدولية للهجرة، <i>تقرير الهجرة</i>، 2026.")

WORD_ARABIC = word(
    f"""<p class=MsoTitle dir=RTL><span lang=AR-SA>دعم المهاجرين العائدين</span><o:p></o:p></p>
<h1 dir=RTL style='text-align:right'><span lang=AR-SA>الخلفية</span><o:p></o:p></h1>
<p class=MsoNormal dir=RTL style='text-align:right;direction:rtl;unicode-bidi:embed'><span lang=AR-SA
style='font-family:"Arial",sans-serif;color:red'>عاد <b>1,250</b> شخصاً</span><span dir=LTR></span><span lang=AR-SA><span
dir=LTR></span> إلى ديارهم</span>{_REFERENCE}<span lang=AR-SA>، بدعم من مكتب IOM في القاهرة.</span><o:p></o:p></p>
<h2 dir=RTL><span lang=AR-SA>الخطوات</span></h2>
{word_item("التسجيل", "أ-", direction="dir=RTL")}{word_item("السفر", "ب-", direction="dir=RTL")}
{word_item("الوصول", "·", level=2, direction="dir=RTL")}
<table class=MsoTableGrid dir=rtl border=1><tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'>
<td width=200><p class=MsoNormal dir=RTL><b><span lang=AR-SA>بلد<o:p></o:p></span></b></p></td>
<td width=200><p class=MsoNormal dir=RTL><b><span lang=AR-SA>2026<o:p></o:p></span></b></p></td></tr>
<tr><td><p class=MsoNormal dir=RTL>مصر<o:p></o:p></p></td><td><p class=MsoNormal dir=RTL>100<o:p></o:p></p></td></tr></table>
<p class=MsoCaption dir=RTL><span lang=AR-SA>الجدول 1: العائدون</span></p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%">
<![endif]>{_NOTE}</div>""",
    "AR-SA",
)

WORD_TRACKED = word(
    """<p class=MsoNormal>The office reached <span class=msoDel><del cite="mailto:A" datetime="2026-11-02T10:00">twelve
families in secret</del></span><span class=msoIns><ins cite="mailto:A">forty families</ins></span> in<a
style='mso-comment-reference:AB_1;mso-comment-date:20261102T1000'> Cairo</a><span class=MsoCommentReference><span
style='font-size:8.0pt'><span style='mso-special-character:comment'>&nbsp;<a class=msocomanchor id="_anchor_1"
href="#_msocom_1" name="_msoanchor_1">[AB1]</a></span></span></span>.<span class=Secret> Not for print.</span><span
style='display:none;mso-hide:all'> Nor this.</span><o:p></o:p></p>
<p class=MsoNormal><span class=msoDel><del>A whole paragraph that is gone.</del></span></p>
<div style='mso-element:comment-list'><hr class=msocomoff align=left><div style='mso-element:comment'><div id="_com_1"
class=msocomtxt><p class=MsoCommentText>Is this agreed with the ministry?</p></div></div></div>"""
)

WORD_ONLINE = """<html><body><div class="OutlineElement Ltr BCX0 SCXW1"><p class="Paragraph SCXW1" role="heading"
aria-level="2" data-ccp-parastyle="heading 2"><span class="TextRun SCXW1" data-contrast="none"><span class="NormalTextRun"
>Contexte</span></span><span class="EOP SCXW1" data-ccp-props="{}">&nbsp;</span></p></div>
<div class="OutlineElement"><p class="Paragraph SCXW1"><span class="TextRun" style="font-weight:bold">Depuis 2019</span><span
class="TextRun TrackedChange TrackChangeTextDeletion SCXW1">, selon une source confidentielle</span><span class="TextRun">,
le bureau agit&nbsp;: 5</span><span class="TextRun"><span style="vertical-align:super">e</span></span><span class="TextRun">
année.</span><span class="EOP">&nbsp;</span></p></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1" role="list"><li data-aria-level="1" role="listitem"><p
class="Paragraph"><span class="TextRun">Un</span></p></li></ul></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle2" role="list"><li data-aria-level="2" role="listitem"><p
class="Paragraph"><span class="TextRun">Deux</span></p></li></ul></div>
<div class="OutlineElement"><span class="WACImageContainer"><img src="data:image/png;base64,iVBORw0KGgo="></span></div></body></html>"""

LIBREOFFICE = """<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 24.8 (Linux)"/><style>
@page { size: 21cm 29.7cm } p { line-height: 115% } a.sdfootnoteanc { font-size: 57% }</style></head><body lang="fr-FR"><h1
class="western">Méthode</h1><p>L’enquête<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>
couvre 12 km<sup>2</sup>.</p><blockquote>«&nbsp;Nous avons marché trois jours.&nbsp;»</blockquote><ol start="3"><li><p>Trois</p>
<ul><li><p>Sous</p></li></ul></li><li><p>Quatre</p></li></ol><table><caption>Personnes par pays</caption><thead><tr><th><p>Pays</p>
</th><th><p>2026</p></th></tr></thead><tbody><tr><td><p>Maroc</p></td><td><p>40</p></td></tr></tbody></table><div
id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Menée en
mai.</p></div></body></html>"""

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1f2e"><h2 dir="rtl"
style="line-height:1.38;"><span style="font-size:16pt;font-weight:400;vertical-align:baseline;">الأهداف</span></h2><p
dir="rtl"><span style="font-weight:400;font-style:normal;text-decoration:none;vertical-align:baseline;">قرأ </span><span
style="font-weight:700;vertical-align:baseline;">كل مهاجر</span><span style="font-weight:400;"> على </span><a
href="https://www.google.com/url?q=https://example.org/a?b%3D1&amp;sa=D" style="text-decoration:none;"><span
style="color:#1155cc;text-decoration:underline;">الموقع</span></a><span style="font-size:0.6em;vertical-align:sub;">2</span><span
style="text-decoration:line-through;"> محذوف</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><sup><a href="#cmnt1"
id="cmnt_ref1">[a]</a></sup></p><ol><li dir="rtl" aria-level="1"><p role="presentation"><span>أولاً</span></p></li><ol><li
dir="rtl" aria-level="2"><p role="presentation"><span>فرع</span></p></li></ol><li dir="rtl" aria-level="1"><p
role="presentation"><span>ثانياً</span></p></li></ol><div dir="rtl" align="right"><table><colgroup><col/></colgroup><tbody><tr><td
colspan="2"><p><span>المجموع</span></p></td></tr><tr><td><p><span>عمّان</span></p></td><td><p><span>7</span></p></td></tr></tbody>
</table></div><p><span><img src="https://lh7-rt.googleusercontent.com/docsz/x" width="602"/></span></p><hr/><div><p><a
href="#ftnt_ref1" id="ftnt1">[1]</a><span> المصدر: المكتب.</span></p></div><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>من
قال هذا؟</span></p></div></b><br class="Apple-interchange-newline">"""

PAGES = """<!DOCTYPE html><html><head><meta name="Generator" content="Cocoa HTML Writer"><style type="text/css">
p.p1 {margin: 0.0px; font: 12.0px Helvetica} span.s1 {font-weight: bold} span.s2 {vertical-align: super}
</style></head><body><p class="p1"><span class="s1">A finding</span> of the 3<span class="s2">rd</span> round.</p>
<ul class="ul1"><li class="p1"><span class="s3"></span>One</li><li class="p1">Two</li></ul></body></html>"""
