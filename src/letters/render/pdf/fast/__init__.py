"""WeasyPrint made quicker from the inside, for one version of it only, and with the same pages out.

What WeasyPrint computes for a letter is mostly what it computed for the letter before: the styles of the same
elements, the line breaks of the same clauses, the drawing of the same lines. The modules here let a
`FontConfiguration` of ours remember such results, in caches that are bounded and keyed by everything the
result depends on. Tests hold that every file is byte for byte what WeasyPrint makes by itself, when it
compresses as hard.

They replace functions that are no part of WeasyPrint's documented interface. So they work for the very source
files they were written for (`gate`) and stand aside for any other, and each replaced function goes the usual
way for a document that is not ours. The environment variable LETTERS_PLAIN_PDF=1 turns everything here off.

- `gate`: which WeasyPrint this is written for, and whether this is it;
- `quickly`: importing WeasyPrint without its detours;
- `declared`: WeasyPrint's declarations of C, compiled beforehand;
- `pillow`: Pillow for WeasyPrint, loaded when a picture comes that is no drawing;
- `sheets`: WeasyPrint's own style sheets, read as far as they are asked for;
- `memory`: the bounded caches of one `FontConfiguration`;
- `matching`: which rules match an element, kept between letters;
- `computing`: values of a style that nobody declared;
- `styles`: computed styles kept between letters;
- `lengths`: used lengths kept on a style;
- `lines`: line breaks, struts and Pango contexts kept between letters;
- `boxes`: the boxes of a line put together as in an earlier letter;
- `building`: anonymous boxes without a search for tables where there are none;
- `preferred`: how narrow and how wide a text may be;
- `margins`: the margin boxes that have content;
- `drawing`: glyphs read in bulk, drawn lines kept between letters;
- `pictures`: the letterhead's drawings, drawn as in an earlier letter;
- `walks`: walks over all boxes that pass by those with nothing to do;
- `painting`: lines painted as wholes that ask for nothing but their text;
- `tagging`: the tags of a page without asking each box for what few have;
- `embedding`: parts of fonts, and the colour profile, that many files carry;
- `writing`: each object of the file written out once, and compressed less hard;
- `install`: puts the functions in their places, once in a process.
"""
