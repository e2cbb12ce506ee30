"""Only English is read: another language is known for what it is, English and short texts are left alone."""

import pytest

from reportedly.ingest import from_text
from reportedly.ingest.language import language_of, other_language
from tests.ingest.test_inputs import GERMAN, TEXT

OTHERS = {
    "de": GERMAN,
    "fr": "La maire a déclaré lundi que le ferry reprendrait la mer après la tempête. Personne sur le quai n'avait "
    "demandé pourquoi cela avait pris autant de temps, a-t-elle ajouté, et personne ne le lui avait dit auparavant.",
    "es": "La alcaldesa dijo el lunes que el transbordador volvería a navegar después de la tormenta. Nadie en el "
    "muelle había preguntado por qué había tardado tanto, añadió, y nadie se lo había dicho antes de aquella mañana.",
    "ru": "Мэр города сказала в понедельник, что паром снова пойдёт после шторма, и никто на причале не спросил.",
    "zh": "市长星期一表示，渡轮将在暴风雨过后恢复航行。她说，码头上没有人问为什么花了这么长时间。",
    "ar": "قالت رئيسة البلدية يوم الاثنين إن العبارة ستبحر مرة أخرى بعد العاصفة ولم يسأل أحد على الرصيف عن السبب.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages(language):
    assert language_of(OTHERS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Ferry sails",
        "“Nein!”",
        "Kestrin 3, Marla 2. Oskar Brandt (2), Ines Calder; Bo Elm.",
        "Dalia Renholm, Oskar Brandt, Ines Calder, Jurgen Vandermeer, Björn Ångström, Matteo Ricciardelli, Siân Llwyd",
        f"{TEXT} “{GERMAN[:80]}”, she said. {TEXT}",
        "",
        "12.5 % 17:30",
    ],
)
def test_english_and_what_cannot_be_told(text):
    assert language_of(text) is None


def test_the_body_decides_not_the_heading():
    assert other_language(from_text(f"La Ville Qui Parle Trop\n\n{TEXT}\n\n{TEXT} And so on.")) is None
