#!/usr/bin/env python3
"""Makes the goldens beside it: pip install tokenizers==0.23.3 numpy==2.4.6, then run
    make.py TOKENIZER_JSON MAGIKA_FOLDER
with the tokenizer.json of all-MiniLM-L6-v2 and an unpacked magika==0.6.1 wheel.

tokens.json   texts, and the numbers that the tokenizers library gives them, with the small vocabulary they need.
magika.json   bytes, and the features that Magika's own extraction gives them.
sounds/*.wav  the same sound in several encodings; audio.json its samples as numpy reads them.
arrays.npz    samples and labels.
"""
import base64
import importlib.util
import json
import pathlib
import random
import struct
import sys
import types
import wave

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

here = pathlib.Path(__file__).parent
texts = [
    "Hello, world!", "unaffable Affability", "The quick brown fox jumps over the lazy dog.",
    "Crème brûlée, naïve façade — déjà vu…", "ÀÉÎÕÜ ß ẞ İstanbul ıI", "東京は日本の首都です。", "mixed 漢字 and kana カタカナ",
    "emoji 😀 and 👩‍👩‍👧 joined", "tabs\tand\nnewlines\r\nand\u00a0no-break\u2003em space", "zero\u200bwidth \ufeffmark \ufffd\x00x",
    "don't can't I'm", "3.14159 and 1,000,000 $ 20% #tag @me a_b", "[CLS] literal [MASK] tokens [SEP] [UNK] [PAD][SEP]",
    "brackets [not] special [CLS", "", "   ", "x" * 101, "x" * 100 + " ok", "Ωμέγα ΣΑΣ ς", "русский язык ёлка й",
    "अनुच्छेद हिन्दी", "한국어 텍스트", "العَرَبِيَّة", "ﬁ ligature ½ ² Ⅷ", "a\u0301\u0327 combining A\u030a", "¿Qué? ¡Sí! «guillemets» „quotes“",
    "control\u0007bell soft\u00adhyphen private\ue000use", "The " * 200, "C++ f(x)=x^2; // comment {a: [1, 2]}", "e\u0301tude E\u0301TUDE",
]
pairs = [("How old are you?", "What is your age?"), ("a b c d e f g h", "x"), ("x", "a b c d e f g h i j k l"),
         ("one two three four five six seven", "eight nine ten eleven twelve thirteen fourteen")]


def tokens(path):
    source = Tokenizer.from_file(path)
    source.no_padding()
    source.no_truncation()
    used = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
    for text in texts + [part for pair in pairs for part in pair]:
        used.update(source.encode(text).tokens)
    # A few more pieces, so that the longest match has something to choose from.
    vocabulary = json.loads(pathlib.Path(path).read_text())["model"]["vocab"]
    used.update(random.Random(1).sample(sorted(vocabulary), 1500))
    small = {token: number for number, token in enumerate(sorted(used, key=lambda t: vocabulary[t]))}
    cases = []
    for lowercase, accents in ((True, True), (False, False), (True, False)):
        tokenizer = Tokenizer(models.WordPiece(small, unk_token="[UNK]", max_input_chars_per_word=100))
        tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase, strip_accents=accents)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
            special_tokens=[("[CLS]", small["[CLS]"]), ("[SEP]", small["[SEP]"])])
        for length, pads in ((64, False), (8, True)):
            tokenizer.enable_truncation(length)
            tokenizer.enable_padding(length=length) if pads else tokenizer.no_padding()
            for text in [(t,) for t in texts] + pairs:
                made = tokenizer.encode(*text)
                cases.append({
                    "text": text, "lowercase": lowercase, "accents": accents, "length": length, "pads": pads,
                    "ids": made.ids, "mask": made.attention_mask, "types": made.type_ids})
    return {"vocabulary": [t for t, _ in sorted(small.items(), key=lambda x: x[1])], "cases": cases}


def magika(folder):
    """The extraction function alone, cut out of Magika's source, so that no engine is needed."""
    source = pathlib.Path(folder, "magika/magika.py").read_text().split("\n")
    start = next(i for i, line in enumerate(source) if "def _extract_features_from_seekable" in line)
    end = next(i for i, line in enumerate(source) if "def _get_model_outputs_from_features" in line)
    body = "\n".join(source[start - 1:end])
    space = {"List": list}
    exec("from typing import List\nclass ModelFeatures:\n    def __init__(self, **k): self.__dict__.update(k)\nclass Seekable: pass\n"
         "class Magika:\n" + body, space)

    class Buffer:
        def __init__(self, content):
            self.content, self.size = content, len(content)

        def read_at(self, offset, size):
            return self.content[offset:offset + size]

    generator = random.Random(4)
    contents = [b"", b" ", b"\n\t x \r\n", b"hello", bytes(range(256)), b" " * 40 + b"abc" + b"\n" * 40,
                generator.randbytes(60), generator.randbytes(33), b"\x0b\x0cq\x1c \x00 "]
    cases = []
    for begin, middle, end, block in ((16, 0, 16, 32), (8, 8, 8, 20), (16, 5, 0, 40)):
        for content in contents:
            made = space["Magika"]._extract_features_from_seekable(
                Buffer(content), begin, middle, end, 256, block, False)
            cases.append({
                "file": base64.b64encode(content).decode(), "begin": begin, "middle": middle, "end": end,
                "block": block, "features": made.beg + made.mid + made.end})
    return cases


def sounds():
    folder = here / "sounds"
    folder.mkdir(exist_ok=True)
    t = np.arange(90)
    signal = np.stack([np.sin(t / 5) * 0.9, np.cos(t / 7) * 0.5], -1)
    expected = {}

    def riff(name, encoding, bits, data, extensible=False, junk=b""):
        fmt = struct.pack("<HHIIHH", 0xFFFE if extensible else encoding, 2, 16000, 16000 * bits // 4, bits // 4, bits)
        if extensible:
            fmt += struct.pack("<HHI", 22, bits, 3) + struct.pack("<H", encoding) + bytes.fromhex("000000001000800000aa00389b71")
        chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt
        if junk:
            chunks += b"LIST" + struct.pack("<I", len(junk)) + junk + b"\0" * (len(junk) & 1)
        chunks += b"data" + struct.pack("<I", len(data)) + data
        (folder / name).write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)

    unsigned = np.round(signal * 127 + 128).astype(np.uint8)
    riff("u8.wav", 1, 8, unsigned.tobytes())
    expected["u8.wav"] = ((unsigned.astype(np.float64) - 128) / 128)
    i16 = np.round(signal * 32767).astype("<i2")
    riff("i16.wav", 1, 16, i16.tobytes(), junk=b"odd")
    expected["i16.wav"] = i16 / 32768
    i24 = np.round(signal * 8388607).astype("<i4")
    riff("i24.wav", 1, 24, b"".join(struct.pack("<i", v)[:3] for v in i24.ravel()), extensible=True)
    expected["i24.wav"] = i24 / 8388608
    i32 = np.round(signal * 2147483647).astype("<i4")
    riff("i32.wav", 1, 32, i32.tobytes())
    expected["i32.wav"] = i32 / 2147483648
    riff("f32.wav", 3, 32, signal.astype("<f4").tobytes())
    expected["f32.wav"] = signal.astype("<f4")
    riff("f64.wav", 3, 64, signal.astype("<f8").tobytes())
    expected["f64.wav"] = signal
    with wave.open(str(folder / "i16.wav")) as opened:
        assert np.array_equal(np.frombuffer(opened.readframes(90), "<i2").reshape(-1, 2), i16)
    return {name: np.float32(value).T.tolist() for name, value in expected.items()}


(here / "tokens.json").write_text(json.dumps(tokens(sys.argv[1]), ensure_ascii=False) + "\n")
(here / "magika.json").write_text(json.dumps(magika(sys.argv[2])) + "\n")
(here / "audio.json").write_text(json.dumps(sounds()) + "\n")
generator = np.random.default_rng(3)
np.savez(here / "arrays.npz", x=np.arange(24, dtype=np.float32).reshape(4, 2, 3), y=np.array([2, 0, 1, 1]))
