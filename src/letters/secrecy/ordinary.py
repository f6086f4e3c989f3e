"""Danish words that are also names of people.

In lower case such a word is most likely the word: the guard then warns and does not stop the letter. With a
capital it is taken for the name. A letter's own ordinary use can be allowed in its case file.
"""

_WORDS = """
    aas ask bak bakke bang bank bent berg bille bjerg bjoern blad blom bo bonde borg bro brun bund busk
    by dag dal dam dan degn dige due eg ege elm eng engel falk fisker fjord foged fred frost gade gran
    grav gren groen haar halm hammer hav have hede held helle hjort hoej hoest holm holt hus hvid iben
    jul kaer kamp kant kilde kirk kirke klint klit klog knap kok konge krage krog lade lang lange lav
    lilje lind liv loeg lund lunde lykke lys mai maj mand mark max merle moelle moeller moerk mose mund
    munk mus noer nord ny oern oest orm palle per pil ploug post rask ravn ring ris roed rose rosen sand
    sejr sig signe skov skyt slot smed smidt snog sol sommer sten stjerne storm strand stroem sund svane
    syd taenk tang ting toft torp torv tove trane troels tue tulle tvede ulv vad vang vest vester vilde
    vind vinter
"""

#: Squeezed, see `normal.squeeze`.
ORDINARY = frozenset(_WORDS.split())
