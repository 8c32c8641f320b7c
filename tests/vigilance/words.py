"""What invented people write: sentences that each stand on their own, and what a script makes of one."""

import random

SAID = """
Ma mère n’entend plus très bien et elle raccroche dès qu’une machine lui parle.
Je préfère attendre cinq minutes et avoir quelqu’un de l’accueil au bout du fil.
Le soir après vingt heures personne ne répond, alors pourquoi pas un automate à ce moment-là.
Combien coûte l’abonnement chaque année, et qui paie si le fournisseur augmente ses prix ?
Les horaires de la déchetterie changent sans cesse, ce serait déjà utile de les donner.
Mon voisin parle surtout portugais : est-ce que la voix comprendra ses questions ?
On nous a déjà promis un standard moderne en 2019 et rien n’a bougé.
Il faut pouvoir dire « agent » à tout moment et être mis en relation.
J’ai peur que les conversations soient gardées quelque part à l’étranger.
Pour prendre rendez-vous à l’état civil, le site marche très bien, inutile d’en rajouter.
Les agents du standard ont-ils été consultés avant qu’on décide pour eux ?
Je travaille de nuit, appeler à six heures du matin me rendrait service.
Qu’arrive-t-il quand la machine se trompe de service et qu’on rate une échéance ?
Une personne âgée ne doit jamais être obligée de parler à un robot.
J’ai testé celui de la préfecture, il m’a fait répéter mon nom quatre fois.
Pourquoi ne pas embaucher un demi-poste avec la même somme ?
Les démarches pour la cantine sont simples, une voix automatique suffirait.
Je voudrais lire le contrat avant de me prononcer.
Avec mon bégaiement, ces systèmes me coupent la parole au milieu des phrases.
La commune d’à côté l’a essayé puis l’a arrêté au bout d’un an, demandez-leur.
Que ce soit gratuit pour l’appelant, c’est la moindre des choses.
Si l’enregistrement est effacé le jour même, je n’y vois pas d’inconvénient.
Les questions sur l’eau et l’assainissement sont trop compliquées pour un programme.
Un bilan public au bout de six mois me paraît indispensable.
Je suis sourde : prévoyez aussi un échange par écrit, sinon c’est encore une porte fermée.
Cela libérerait du temps pour recevoir correctement les gens au guichet.
Le mot « intelligence » est exagéré pour un répondeur amélioré.
Quelle électricité consomme tout cela, et où sont les machines ?
J’ai trois enfants et jamais le temps d’appeler aux heures de bureau.
Commencez par réparer le répondeur du centre social, qui est plein depuis mars.
Je n’ai pas d’avis tranché, mais j’aimerais que l’essai soit court.
Un numéro direct pour les urgences de voirie doit rester en dehors du dispositif.
Les élus passent, les contrats restent : prévoyez une clause de sortie.
Dans mon quartier le réseau mobile est si mauvais que la voix sera hachée.
Pourquoi la consultation arrive-t-elle après le choix du prestataire ?
La dame du standard connaît tout le monde, cela n’a pas de prix.
Ma fille malvoyante y gagnerait, elle n’arrive pas à lire les formulaires.
Faites simple : trois menus, pas quinze, et une touche pour revenir.
Je refuse que ma voix serve à entraîner quoi que ce soit.
Les commerçants appellent tous pour les mêmes autorisations de terrasse.
Il y a des fautes dans le dossier, page deux, sur le nombre d’appels par jour.
Bonne idée pour les gens pressés, mauvaise pour ceux qui ont un vrai problème.
Le marché du samedi a changé de place et personne ne décroche pour le dire.
Qui répond devant le tribunal si un renseignement faux me fait perdre une aide ?
À la campagne on a surtout besoin d’un bus, pas d’un automate.
J’ai été bien reçu le mois dernier, je ne vois pas ce qu’on veut changer.
Une annonce claire au début, disant que c’est une machine, changerait tout pour moi.
Je soutiens l’essai à condition qu’il s’arrête si les plaintes augmentent.
""".strip().splitlines()

# What scripts repeat.
CALL = (
    "Cet assistant vocal est une catastrophe annoncée pour notre commune, il faut refuser ce projet avant "
    "qu’il ne soit trop tard et garder nos agents."
)
SWAPPED = (
    ("catastrophe", "erreur", "folie", "honte"),
    ("refuser", "rejeter", "arrêter", "stopper"),
    ("commune", "ville", "cité"),
    ("agents", "employés", "salariés"),
)
FRAME = (
    "En tant que {who} de {where}, je demande solennellement au conseil de renoncer à cet assistant "
    "vocal car {why}, et je ne suis pas le seul à le penser."
)
WHO = ("retraité", "parent", "commerçante", "étudiant", "infirmière", "artisan", "locataire", "enseignante")
WHERE = ("la rue haute", "la gare", "la plaine", "la cité nord", "la place neuve", "la zone sud")
WHY = ("il coûte cher", "il va mal répondre", "il supprime un poste", "il écoute tout", "personne n’en veut")


def what_one_says(chance: random.Random) -> str:
    """Returns two to four sentences of one person; now and then hardly a word."""
    if chance.random() < 0.1:
        return chance.choice(("D’accord.", "Non merci.", "Pourquoi pas.", "Je suis contre.", "Très bien !"))
    return " ".join(chance.sample(SAID, chance.randint(2, 4)))


def almost_the_call(chance: random.Random) -> str:
    """Returns the same text with words swapped, as a script does to pass for several people."""
    words = CALL
    for several in SWAPPED:
        words = words.replace(several[0], chance.choice(several))
    return words


def filled_frame(chance: random.Random) -> str:
    """Returns a text made from one frame."""
    return FRAME.format(who=chance.choice(WHO), where=chance.choice(WHERE), why=chance.choice(WHY))
