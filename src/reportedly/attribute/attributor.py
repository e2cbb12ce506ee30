"""Articles -> attributions: windows through the encoder, drafts out of its scores, spans in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.attribute.assemble import Draft, assemble, assemble_inside, spans
from reportedly.attribute.chain import Chain, free_chain
from reportedly.attribute.clues import gather
from reportedly.attribute.confidence import confidence
from reportedly.attribute.quotation import quotation
from reportedly.model import Clues, Encoder, ModelFiles, Window, windows
from reportedly.model.layout import ROLES
from reportedly.schema import Article, Attribution
from reportedly.text import quoted

# Blocks in whose words nobody in the news speaks: what is found there is dropped.
SILENT_BLOCKS = ("furniture", "credit", "byline")
# Windows decoded together. The pointers of a window take half a megabyte, so a book must not be decoded at once.
DECODE = 32


class Attributor:
    """Finds the attributions of articles. Loaded once, it may be used from many threads."""

    def __init__(self, files: ModelFiles, threads: int) -> None:
        config = files.config
        self._encoder = Encoder(files, threads)
        self._chain = Chain(ROLES, config.start, config.transitions)
        self._inner_chain = free_chain(ROLES)
        self._calibration = config.calibration

    def attribute(self, articles: Sequence[Article]) -> list[tuple[tuple[Attribution, ...], Clues]]:
        """The attributions of each article, in the order of the text, and the clues to their sourcing.

        Windows of all the articles go through the encoder together, so many short ones cost little more than one
        long one. Speaker and sourcing are not filled in here: that is the next room's.
        """
        found: list[list[tuple[Draft, Attribution]]] = [[] for _ in articles]
        clues = [Clues() for _ in articles]
        for k, window, drafts, some in self.drafts([article.text for article in articles]):
            found[k].extend((draft, self._attribution(draft, window)) for draft in drafts)
            clues[k].add(some)
        return [(_finished(article, some), clue) for article, some, clue in zip(articles, found, clues, strict=True)]

    def drafts(self, texts: Sequence[str]) -> Iterator[tuple[int, Window, list[Draft], Clues]]:
        """What the decoder puts together from each window, with the number of its text, in order."""
        cut = [(k, window) for k, text in enumerate(texts) for window in windows(text, self._encoder.pieces)]
        for at in range(0, len(cut), DECODE):
            group = cut[at : at + DECODE]
            scored = self._encoder.score([window for _, window in group])
            outer = self._chain.decode([scores.tags["roles"] for scores in scored])
            inner = self._inner_chain.decode([scores.tags["inner"] for scores in scored])
            drafts = []
            for scores, roles, inside in zip(scored, outer, inner, strict=True):
                said = assemble(scores, *roles)
                drafts.append(said + assemble_inside(said, scores, *inside))
            clues = gather(list(zip(scored, drafts, strict=True)))
            for (k, window), some, clue in zip(group, drafts, clues, strict=True):
                yield k, window, some, clue

    def _attribution(self, draft: Draft, window: Window) -> Attribution:
        return Attribution(
            n=0,
            source=spans([draft.source] if draft.source is not None else [], window.words),
            cue=spans(draft.cue, window.words),
            content=spans(draft.content, window.words),
            confidence=round(confidence(draft, self._calibration), 4),
        )


def _finished(article: Article, found: Sequence[tuple[Draft, Attribution]]) -> tuple[Attribution, ...]:
    """The attributions outside silent blocks, in the order of their contents, numbered, with quotation kinds."""
    marks = quoted(article.text)
    silent = [block.span for block in article.blocks if block.kind in SILENT_BLOCKS]
    spoken = [(d, a) for d, a in found if not any(start <= a.content[0][0] < end for start, end in silent)]
    spoken.sort(key=lambda pair: (pair[1].content, pair[0].outer is not None, pair[1].cue))
    numbers = {id(draft): n for n, (draft, _) in enumerate(spoken, 1)}
    return tuple(
        replace(
            attribution,
            n=n,
            quotation=quotation(article.text, attribution.content, marks),
            inside=numbers.get(id(draft.outer)) if draft.outer is not None else None,
        )
        for n, (draft, attribution) in enumerate(spoken, 1)
    )
