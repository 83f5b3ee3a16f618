#!/usr/bin/env python3
"""Turns the files of Debian's text packages into plain UTF-8: collect-texts.py ROOT OUTPUT.

ROOT is where the packages were unpacked. OUTPUT gets one file for each language: `words-LANGUAGE.txt` with one
word a line, and `running-LANGUAGE.txt` with one paragraph a line. Two more serve single kinds of images:
`words-plain-en.txt` has the words of signs, without apostrophes, and `old-fr.txt` French in the spelling of the 17th
century.
"""

import collections
import gzip
import html.parser
import pathlib
import re
import sys
import unicodedata

WORDS = {
    "american-english-large": "en", "british-english-large": "en", "french": "fr", "ngerman": "de", "spanish": "es",
    "italian": "it", "portuguese": "pt", "nederlands": "nl", "dansk": "da", "svenska": "sv", "bokmål": "nb",
    "catalan": "ca", "propernames.gz": "en",
}
HANDBOOK = {
    "en-US": "en", "fr-FR": "fr", "de-DE": "de", "es-ES": "es", "it-IT": "it", "pt-BR": "pt", "nl-NL": "nl",
    "da-DK": "da", "sv-SE": "sv", "nb-NO": "nb",
}
LANGUAGES = {"en", "fr", "de", "es", "it", "pt", "nl", "da", "sv", "nb", "ca"}
FORTUNES = {"de": "de", "es": "es", "it": "it", "brasil": "pt"}
ITALIAN = {"italia", "formiche", "leggi", "definizioni", "itatrek"}


class Text(html.parser.HTMLParser):
    """The paragraphs of a page, without code, tables and navigation."""

    SKIPPED = {"pre", "script", "style", "code", "table", "head", "tt"}
    BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "blockquote", "div", "br"}

    def __init__(self):
        super().__init__()
        self.paragraphs, self.current, self.depth = [], [], 0

    def handle_starttag(self, tag, attributes):
        self.depth += tag in self.SKIPPED
        if tag in self.BLOCKS:
            self.end()

    def handle_endtag(self, tag):
        self.depth -= tag in self.SKIPPED and self.depth > 0
        if tag in self.BLOCKS:
            self.end()

    def handle_data(self, data):
        if self.depth == 0:
            self.current.append(data)

    def end(self):
        self.paragraphs.append("".join(self.current))
        self.current = []


def decoded(path):
    data = gzip.open(path).read() if path.suffix in (".gz", ".dz") else path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def page(path):
    parser = Text()
    parser.feed(decoded(path))
    parser.end()
    return parser.paragraphs


def manual(path):
    """The sentences of a manual page: lines that are no requests, with their escapes taken out."""
    lines = [line for line in decoded(path).split("\n") if line and line[0] not in ".'"]
    return [re.sub(r"\\(f.|&|-|\(..|\[[^]]*\]|.)", lambda m: "-" if m.group(1) == "-" else "", l) for l in lines]


def running(root):
    """Pairs of a language and a paragraph."""
    doc = root / "usr/share/doc"
    for folder, language in HANDBOOK.items():
        for path in sorted((doc / "debian-handbook/html" / folder).glob("*.html")):
            yield from ((language, text) for text in page(path))
    for path in sorted((doc / "anarchism/html").rglob("*.html")):
        yield from (("en", text) for text in page(path))
    for pattern in ["usr/share/debian-reference/*.*.html", "usr/share/developers-reference/**/*.html",
                    "usr/share/doc/installation-guide-amd64/*/*.html", "usr/share/doc/debian/FAQ/**/*.html"]:
        for path in sorted(root.glob(pattern)):
            parts = path.name.split(".")[-2:-1] + [path.parent.name, path.parent.parent.name]
            yield from ((next((p for p in parts if p in LANGUAGES), "en"), text) for text in page(path))
    for path in sorted((root / "usr/share/games/fortunes").rglob("*")):
        if path.is_file() and path.suffix not in (".dat", ".u8") and not {"art", "ascii-art", "off"} & set(path.parts):
            parts = path.relative_to(root / "usr/share/games/fortunes").parts
            language = "it" if path.name in ITALIAN else FORTUNES.get(parts[0], "en")
            yield from ((language, text) for text in re.split(r"\n%\n", decoded(path)))
    for path in sorted((root / "usr/share/man").rglob("*.gz")):
        language = path.relative_to(root / "usr/share/man").parts[0].split("_")[0]
        if language in LANGUAGES:
            yield from ((language, text) for text in manual(path))
    for name in ["devil", "jargon"]:
        yield from (("en", text) for text in decoded(root / f"usr/share/dictd/{name}.dict.dz").split("\n\n"))


def old_french(text):
    """French with u and v, and & for et, as printers set them before 1700."""
    text = re.sub(r"(?<=[a-zéèà])v(?=[a-zéèà])", "u", text)
    return re.sub(r"\bu(?=n)", "v", text).replace(" et ", " & ")


def cleaned(text):
    text = unicodedata.normalize("NFC", re.sub(r"[\x00-\x1f\x7f\u00a0\s]+", " ", text)).strip()
    letters = sum(character.isalpha() or character == " " for character in text)
    return text if len(text) >= 25 and letters > 0.75 * len(text) else ""


def main():
    root, output = map(pathlib.Path, sys.argv[1:3])
    output.mkdir(parents=True, exist_ok=True)
    words = collections.defaultdict(dict)
    for name, language in WORDS.items():
        for word in decoded(root / "usr/share/dict" / name).split("\n"):
            if word.strip():
                words[language][unicodedata.normalize("NFC", word.strip())] = None
    for language, found in words.items():
        (output / f"words-{language}.txt").write_text("\n".join(found) + "\n", encoding="utf-8")
    paragraphs = collections.defaultdict(dict)
    for language, text in running(root):
        if text := cleaned(text):
            paragraphs[language][text] = None
    for language, found in paragraphs.items():
        (output / f"running-{language}.txt").write_text("\n".join(found) + "\n", encoding="utf-8")
    plain = [word for word in words["en"] if "'" not in word and 2 < len(word) < 13]
    (output / "words-plain-en.txt").write_text("\n".join(plain) + "\n", encoding="utf-8")
    old = [old_french(text) for text in paragraphs["fr"]]
    (output / "old-fr.txt").write_text("\n".join(old) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
