"""French."""

from chat.language.tongue import Tongue

_HOUR = r"(\d{1,2}) ?h(?:eures?)?"
_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month"

TONGUE = Tongue(
    code="fr",
    name="Français",
    commands={
        "task": ("tâche", "ajouter", "nouvelle"),
        "subtask": ("sous-tâche", "étape"),
        "done": ("fait", "fini", "terminer", "terminé"),
        "reopen": ("rouvrir",),
        "start": ("commencer", "prendre"),
        "assign": ("assigner", "attribuer"),
        "unassign": ("désassigner", "libérer"),
        "due": ("échéance", "délai"),
        "label": ("étiquette", "étiqueter"),
        "unlabel": ("désétiqueter",),
        "priority": ("priorité",),
        "move": ("déplacer",),
        "block": ("bloquer", "bloqué"),
        "unblock": ("débloquer",),
        "estimate": ("estimer", "estimation"),
        "rename": ("renommer", "titre"),
        "comment": ("commenter", "commentaire", "répondre"),
        "archive": ("archiver",),
        "delete": ("supprimer", "corbeille"),
        "undo": ("annuler",),
        "redo": ("refaire", "rétablir"),
        "show": ("voir", "montrer", "afficher"),
        "board": ("tableau",),
        "mine": ("miennes", "mes-tâches"),
        "find": ("chercher", "trouver", "rechercher"),
        "remind": ("rappeler", "rappel", "rappelle", "rappelle-moi"),
        "standup": ("bilan",),
        "poll": ("sondage",),
        "help": ("aide", "commandes"),
        "me": ("moi",),
        "shrug": ("bof",),
    },
    words={
        "et": "and", "a": "to", "vers": "to", "dans": "to", "de": "to", "pour": "to", "par": "by", "haut": "top",
        "bas": "bottom", "moi": "me", "aucun": "none", "aucune": "none", "derniere": "last", "dernier": "last",
        "ici": "here", "liste": "list", "annuler": "cancel",
    },
    leads=("de", "que"),
    priorities={
        "urgente": "urgent", "haute": "high", "elevee": "high", "moyenne": "medium", "basse": "low", "faible": "low",
        "aucune": "none",
    },
    repeats={
        "jour": "day", "semaine": "week", "mois": "month", "an": "year", "annee": "year", "jour ouvre": "weekday",
        "lundi": "mon", "mardi": "tue", "mercredi": "wed", "jeudi": "thu", "vendredi": "fri", "samedi": "sat",
        "dimanche": "sun", "lun": "mon", "mer": "wed", "jeu": "thu", "ven": "fri", "sam": "sat", "dim": "sun",
    },
    suggested=("aujourd’hui", "demain", "après-demain", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
               "dimanche", "week-end", "la semaine prochaine", "fin du mois", "dans 3 jours", "dans 2 semaines", "aucune"),
    before=(
        (rf"\b{_HOUR} ?(\d\d)\b", r"\1:\2"),
        # "dans 3 heures" is a while, "à 3 heures" and "demain 3 h" are times of day.
        (rf"^(?!dans\b)(.*[a-z.]) {_HOUR}$", r"\1 \2:00"),
        (r"^le (\d{1,2})(?=$| a )", r"\1th"),
        (r"\b1er\b", "1"),
        (r"\b([a-z]{3,5})\.(?= |\d|$)", r"\1"),
    ),
    # "mar" is March in English; "mer" and "jeu" alone mean too much else.
    dates={
        "aujourd'hui": "today", "aujourdhui": "today", "auj": "today", "demain": "tomorrow",
        "apres demain": "day after tomorrow", "hier": "yesterday", "lundi": "monday", "mardi": "tuesday",
        "mercredi": "wednesday", "jeudi": "thursday", "vendredi": "friday", "samedi": "saturday", "dimanche": "sunday",
        "lun": "monday", "ven": "friday", "sam": "saturday", "dim": "sunday",
        "janvier": "january", "janv": "january", "fevrier": "february", "fevr": "february", "fev": "february",
        "mars": "march", "avril": "april", "avr": "april", "mai": "may", "juin": "june", "juillet": "july",
        "juil": "july", "aout": "august", "septembre": "september", "octobre": "october", "novembre": "november",
        "decembre": "december",
        "jour": "day", "jours": "days", "j": "d", "semaine": "week", "semaines": "weeks", "sem": "weeks",
        "mois": "month", "heure": "hour", "heures": "hours", "une": "1", "un": "1", "dans": "in",
        "prochain": "next", "prochaine": "next", "ce": "this", "cette": "this", "le": "", "la": "", "du": "", "de": "",
        "a": "at", "vers": "at", "midi": "noon", "minuit": "midnight", "week end": "weekend",
        "fin de semaine": "end of week", "fin de la semaine": "end of week", "fin du mois": "end of month",
        "fin de mois": "end of month", "aucun": "none", "aucune": "none", "jamais": "none", "sans date": "none",
    },
    after=((rf"\b({_DAY}) next\b", r"next \1"),),
)  # fmt: skip
