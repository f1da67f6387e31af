"""Spanish."""

from chat.language.tongue import Tongue

_HOUR = r"\ba las? (\d{1,2}(?::\d\d)?)"
_TWELVE = r"\ba las (12(?::\d\d)?)"
_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month"

TONGUE = Tongue(
    code="es",
    name="Español",
    commands={
        "task": ("tarea", "nueva", "añadir"),
        "subtask": ("subtarea", "paso"),
        "done": ("hecho", "hecha", "terminar", "completar"),
        "reopen": ("reabrir",),
        "start": ("empezar", "tomar"),
        "assign": ("asignar",),
        "unassign": ("desasignar", "liberar"),
        "due": ("vence", "plazo", "fecha"),
        "label": ("etiqueta", "etiquetar"),
        "unlabel": ("desetiquetar",),
        "priority": ("prioridad",),
        "move": ("mover",),
        "block": ("bloquear", "bloqueada"),
        "unblock": ("desbloquear",),
        "estimate": ("estimar", "estimación"),
        "rename": ("renombrar", "título"),
        "comment": ("comentar", "comentario", "responder"),
        "archive": ("archivar",),
        "delete": ("borrar", "eliminar", "papelera"),
        "undo": ("deshacer",),
        "redo": ("rehacer",),
        "show": ("ver", "mostrar"),
        "board": ("tablero",),
        "mine": ("mías", "mis-tareas"),
        "find": ("buscar", "encontrar"),
        "remind": ("recordar", "recuerda", "recordatorio", "recuérdame"),
        "standup": ("resumen",),
        "poll": ("encuesta", "votación"),
        "help": ("ayuda", "comandos"),
        "me": ("yo",),
        "shrug": ("ni-idea",),
    },
    words={
        "y": "and", "e": "and", "a": "to", "al": "to", "para": "to", "de": "to", "que": "to", "por": "by", "arriba": "top",
        "abajo": "bottom", "yo": "me", "mí": "me", "ninguno": "none", "ninguna": "none", "ultima": "last", "ultimo": "last",
        "aqui": "here", "lista": "list", "cancelar": "cancel",
    },
    leads=("a", "de", "que"),
    priorities={
        "urgente": "urgent", "alta": "high", "media": "medium", "baja": "low", "ninguna": "none",
    },
    repeats={
        "dia": "day", "semana": "week", "mes": "month", "ano": "year", "laborable": "weekday",
        "lunes": "mon", "martes": "tue", "miercoles": "wed", "jueves": "thu", "viernes": "fri", "sabado": "sat",
        "domingo": "sun", "lun": "mon", "mar": "tue", "mie": "wed", "jue": "thu", "vie": "fri", "sab": "sat", "dom": "sun",
    },
    suggested=("hoy", "mañana", "pasado mañana", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
               "fin de semana", "la próxima semana", "fin de mes", "en 3 días", "en 2 semanas", "ninguna"),
    before=(
        # Twelve at night is the first hour of a day, twelve in the morning noon.
        (rf"{_TWELVE} ?de la noche\b", r"at \1am"),
        (rf"{_TWELVE} ?de la manana\b", r"at \1pm"),
        (rf"{_HOUR} ?de la manana\b", r"at \1am"),
        (rf"{_HOUR} ?de la (?:tarde|noche)\b", r"at \1pm"),
        (r"\ba las? (\d{1,2})(?: ?h| horas?)?$", r"at \1:00"),
        (r"^el (\d{1,2})(?=$| a )", r"\1th"),
        (r"\b([a-z]{3,4})\.(?= |\d|$)", r"\1"),
    ),
    # "mar" is March in English, and in Spanish too.
    dates={
        "hoy": "today", "manana": "tomorrow", "pasado manana": "day after tomorrow", "ayer": "yesterday",
        "lunes": "monday", "martes": "tuesday", "miercoles": "wednesday", "jueves": "thursday", "viernes": "friday",
        "sabado": "saturday", "domingo": "sunday", "lun": "monday", "mie": "wednesday", "jue": "thursday", "vie": "friday",
        "sab": "saturday", "dom": "sunday",
        "enero": "january", "ene": "january", "febrero": "february", "marzo": "march", "abril": "april", "abr": "april",
        "mayo": "may", "junio": "june", "julio": "july", "agosto": "august", "ago": "august", "septiembre": "september",
        "setiembre": "september", "octubre": "october", "noviembre": "november", "diciembre": "december",
        "dic": "december",
        "dia": "day", "dias": "days", "semana": "week", "semanas": "weeks", "mes": "month", "meses": "months",
        "hora": "hour", "horas": "hours", "minuto": "minute", "minutos": "minutes", "una": "1", "un": "1",
        "dentro de": "in", "en": "in", "proximo": "next", "proxima": "next", "que viene": "next", "este": "this",
        "esta": "this", "el": "", "la": "", "de": "", "del": "", "a las": "at", "a la": "at", "al": "at",
        "mediodia": "noon", "medianoche": "midnight", "fin de semana": "weekend", "fin de la semana": "end of week",
        "final de semana": "end of week", "fin de mes": "end of month", "fin del mes": "end of month",
        "final de mes": "end of month", "ninguno": "none", "ninguna": "none", "nunca": "none", "sin fecha": "none",
    },
    after=((rf"\b({_DAY}) next\b", r"next \1"),),
)  # fmt: skip
