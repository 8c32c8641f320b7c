"""Every format the register is published in, in the order pages name them."""

from participation.projects.dossier.exports.eurocities import EUROCITIES
from participation.projects.dossier.exports.format import Format
from participation.projects.dossier.exports.interconnectes import PUBLIC, WHOLE
from participation.projects.dossier.exports.inventory import INVENTORY
from participation.projects.dossier.exports.own import OWN

FORMATS: tuple[Format, ...] = (OWN, PUBLIC, WHOLE, INVENTORY, EUROCITIES)
BY_KEY = {one.key: one for one in FORMATS}
