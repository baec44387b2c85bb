// What the widget says, in the languages that it speaks.
const WORDS = {
  en: {
    chat: "Chat", open: "Open the chat", close: "Close the chat", end: "End this chat", write: "Your message", send: "Send",
    email: "Your e-mail address", name: "Your name", order: "Order number", optional: "optional",
    why: "If you leave before we answer, the answer comes there.", greeting: "Hello! How can we help you?",
    here: "We answer here as soon as we can.", away: "Nobody is in the chat just now. We answer by e-mail.",
    opens: "We are back {when} and answer by e-mail.", opensOnly: "We are back {when}.", awayOnly: "Nobody is in the chat just now.",
    agent: "{name} is in the chat with you.",
    mail: "This conversation goes on by e-mail.", leave: "If you leave, answers come to {email}.",
    offline: "No connection. What you write is kept and sent when it is back.",
    sending: "Sending …", waits: "Waits for the connection", sent: "Sent", busy: "Too many messages. It is sent in a moment.",
    refused: "This could not be sent.", badEmail: "Please check the e-mail address.", badText: "Please write something, at most 4,000 characters.",
    badConsent: "Please tick the box.", you: "You", fresh: "New message", ended: "The chat is over. Thank you!",
    later: "The chat is over. Our answer comes by e-mail to {email}.", unsent: "What you have written is not sent. Press again to end the chat without it.",
    and: "{count} new", files: "By e-mail: {names}",
  },
  de: {
    chat: "Chat", open: "Chat öffnen", close: "Chat schließen", end: "Chat beenden", write: "Ihre Nachricht", send: "Senden",
    email: "Ihre E-Mail-Adresse", name: "Ihr Name", order: "Bestellnummer", optional: "freiwillig",
    why: "Wenn Sie vor unserer Antwort gehen, kommt sie dorthin.", greeting: "Guten Tag! Wie können wir Ihnen helfen?",
    here: "Wir antworten hier, so schnell wir können.", away: "Gerade ist niemand im Chat. Wir antworten per E-Mail.",
    opens: "Wir sind {when} wieder da und antworten per E-Mail.", opensOnly: "Wir sind {when} wieder da.", awayOnly: "Gerade ist niemand im Chat.",
    agent: "{name} ist mit Ihnen im Chat.",
    mail: "Dieses Gespräch geht per E-Mail weiter.", leave: "Wenn Sie gehen, kommen Antworten an {email}.",
    offline: "Keine Verbindung. Was Sie schreiben, bleibt hier und wird gesendet, sobald sie wieder da ist.",
    sending: "Wird gesendet …", waits: "Wartet auf die Verbindung", sent: "Gesendet", busy: "Zu viele Nachrichten. Sie wird gleich gesendet.",
    refused: "Das konnte nicht gesendet werden.", badEmail: "Bitte prüfen Sie die E-Mail-Adresse.", badText: "Bitte schreiben Sie etwas, höchstens 4.000 Zeichen.",
    badConsent: "Bitte setzen Sie das Häkchen.", you: "Sie", fresh: "Neue Nachricht", ended: "Der Chat ist beendet. Vielen Dank!",
    later: "Der Chat ist beendet. Unsere Antwort kommt per E-Mail an {email}.", unsent: "Was Sie geschrieben haben, ist nicht gesendet. Noch einmal drücken beendet den Chat ohne es.",
    and: "{count} neu", files: "Per E-Mail: {names}",
  },
  it: {
    chat: "Chat", open: "Apri la chat", close: "Chiudi la chat", end: "Termina la chat", write: "Il Suo messaggio", send: "Invia",
    email: "Il Suo indirizzo e-mail", name: "Il Suo nome", order: "Numero d’ordine", optional: "facoltativo",
    why: "Se va via prima della nostra risposta, la riceve lì.", greeting: "Buongiorno! Come possiamo aiutarLa?",
    here: "Rispondiamo qui appena possibile.", away: "In questo momento nessuno è in chat. Rispondiamo per e-mail.",
    opens: "Torniamo {when} e rispondiamo per e-mail.", opensOnly: "Torniamo {when}.", awayOnly: "In questo momento nessuno è in chat.",
    agent: "{name} è in chat con Lei.",
    mail: "Questa conversazione continua per e-mail.", leave: "Se va via, le risposte arrivano a {email}.",
    offline: "Nessuna connessione. Ciò che scrive resta qui e viene inviato appena torna.",
    sending: "Invio …", waits: "In attesa della connessione", sent: "Inviato", busy: "Troppi messaggi. Verrà inviato tra poco.",
    refused: "Non è stato possibile inviarlo.", badEmail: "Controlli l’indirizzo e-mail.", badText: "Scriva qualcosa, al massimo 4.000 caratteri.",
    badConsent: "Spunti la casella.", you: "Lei", fresh: "Nuovo messaggio", ended: "La chat è terminata. Grazie!",
    later: "La chat è terminata. La nostra risposta arriva per e-mail a {email}.", unsent: "Ciò che ha scritto non è inviato. Prema di nuovo per terminare la chat senza inviarlo.",
    and: "{count} nuovi", files: "Per e-mail: {names}",
  },
};

const spoken = (wanted) => [wanted, navigator.language, "en"].map((code) => (code || "").slice(0, 2).toLowerCase()).find((code) => WORDS[code]);
let language = spoken("");
const say = (name, given = {}) => WORDS[language][name].replace(/\{(\w+)\}/g, (_all, key) => given[key]);
