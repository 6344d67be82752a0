import type { ChooseTexts, ClaimTexts, MailTexts, PageTexts, StatementTexts } from './texts.ts';

export const mail = {
  points: '{digits} {count, plural, one {Punkt} other {Punkte}}',
  rewardReadySubject: 'Ihre Prämie von {program} ist da',
  rewardReady: 'Ihre Prämie ist da: {reward}.',
  rewardReadyButton: 'Prämie öffnen',
  linkUntil: 'Der Link funktioniert bis zum {day}.',
  keepPrivate: 'Bitte behalten Sie diese Mail für sich: Wer den Link hat, kann die Prämie öffnen.',
  pointsReturnedSubject: 'Ihre Punkte von {program} sind zurück',
  pointsReturned:
    'Wir konnten Ihre Prämie ({reward}) nicht liefern. Wieder auf Ihrem Konto: {points}.',
  pointsReturnedHint:
    'Nichts ist verloren. Sie können jederzeit diese oder eine andere Prämie wählen.',
  rewardDelayedSubject: 'Ihre Prämie von {program} dauert länger',
  rewardDelayed:
    'Wir hatten Ihnen {reward} bis zum {day} zugesagt. Leider wird es später, das tut uns ' +
    'leid.',
  rewardDelayedHint: 'Sie müssen nichts tun: Sie bekommen die Prämie oder alle Punkte zurück.',
  rewardReplacedSubject: 'Ihre Prämie von {program} wird ersetzt',
  rewardReplaced:
    'Ihre Prämie ({reward}) wurde vom Händler zurückgezogen. Wir besorgen Ihnen eine neue.',
  rewardReplacedHint:
    'Sie müssen nichts tun: Sie bekommen eine neue Prämie oder alle Punkte zurück.',
  rewardChangedSubject: 'Eine Prämie von {program} hat sich geändert',
  rewardChanged: 'Eine Prämie, die Sie sich angesehen haben, hat sich geändert: {reward}.',
  rewardGone: 'Eine Prämie, die Sie sich angesehen haben, ist nicht mehr bestellbar: {reward}.',
  rewardChangedHint:
    'Bitte sehen Sie vor dem Bestellen noch einmal in den Katalog. Ihre Punkte bleiben ' +
    'unberührt.',
  underReviewSubject: 'Wir prüfen Ihre Bestellung bei {program}',
  underReview:
    'Danke für Ihre Bestellung: {reward}. Jemand sieht sie sich kurz an, bevor sie ' +
    'hinausgeht.',
  underReviewHint:
    'Ihre Punkte sind so lange reserviert. Wir schreiben Ihnen, sobald das erledigt ist.',
  paymentDueSubject: 'Ihre Bestellung bei {program} wartet auf die Zahlung',
  paymentDue:
    'Sie bezahlen {reward} mit Punkten und {cash}. Wir bestellen, sobald die Zahlung da ist.',
  paymentDueUntil: 'Ohne Zahlung kommen Ihre Punkte am {day} zurück.',
  tierChangedSubject: 'Ihr Status bei {program} ist jetzt {level}',
  tierRaised: 'Sie sind aufgestiegen: Ihr Status ist jetzt {level}.',
  tierLowered: 'Ihr Status ist jetzt {level}.',
  tierNext: 'Bis {level} fehlen Ihnen noch: {missing}.',
  pointsExpiringSubject: 'Ihre Punkte bei {program} verfallen bald',
  pointsExpiring: 'Ein Teil Ihres Guthabens verfällt bald:',
  pointsExpiringLine: '{points} bis zum {day}',
  pointsExpiringHint: 'Lösen Sie es rechtzeitig ein und suchen Sie sich eine Prämie aus.',
  choiceSubject: 'Eine Prämie von {program} zum Aussuchen',
  choice:
    '{sender} schenkt Ihnen eine Prämie. {count, plural, one {# Prämie steht} other {# ' +
    'Prämien stehen}} zur Wahl.',
  choiceButton: 'Prämie aussuchen',
  choiceReopenedSubject: 'Ihre Prämie von {program} war nicht lieferbar',
  choiceReopened: 'Wir konnten die Prämie, die Sie gewählt haben, nicht liefern: {reward}.',
  choiceAgain: 'Nichts ist verloren: Sie können bis zum {day} noch einmal wählen.',
  choiceOver: 'Die Zeit zum Wählen ist vorbei. Bitte fragen Sie {sender} nach einer neuen.',
  payoutSubject: 'Ihre Auszahlung von {program} ist unterwegs',
  payout:
    'Ihre Auszahlung ist unterwegs: {amount} ({rail}). Sie sollte bis zum {day} bei Ihnen sein.',
  payoutPaidSubject: 'Ihre Auszahlung von {program} ist erfolgt',
  payoutPaid: 'Wir haben Ihnen ausgezahlt: {amount} ({rail}).',
  payoutDelayedSubject: 'Ihre Auszahlung von {program} dauert länger',
  payoutDelayed:
    'Ihre Auszahlung ({amount}, {rail}) sollte bis zum {day} bei Ihnen sein. Leider dauert ' +
    'es länger, das tut uns leid.',
  payoutDelayedHint:
    'Sie müssen nichts tun: Sie bekommen das Geld, oder es kommt zurück auf Ihr Guthaben.',
  payoutSentBackSubject: 'Ihre Auszahlung von {program} wurde an uns zurückgeschickt',
  payoutSentBack: 'Ihre Auszahlung wurde an uns zurückgeschickt: {amount} ({rail}).',
  payoutReturnedSubject: 'Ihre Auszahlung von {program} ist zurück',
  payoutReturned: 'Wir konnten Ihre Auszahlung nicht ausführen: {amount} ({rail}).',
  payoutReturnedHint:
    'Bitte prüfen Sie, wohin wir auszahlen sollen. Das Geld ist wieder auf Ihrem Guthaben und ' +
    'kommt mit einer späteren Auszahlung zu Ihnen.',
  payoutReviewSubject: 'Wir prüfen Ihre Auszahlung von {program}',
  payoutReview:
    'Jemand sieht sich Ihre Auszahlung kurz an, bevor wir sie ausführen: {amount} ({rail}).',
  payoutReviewHint:
    'Das Geld ist so lange für Sie zurückgelegt. Wir schreiben Ihnen, sobald das erledigt ist.',
  donationReceiptSubject: 'Beleg für Ihre Spende über {program}',
  donationReceipt: 'Danke für Ihre Spende von {amount} an {charity}. Tag der Spende: {day}.',
  donationReceiptNumber: 'Belegnummer: {number}',
  support: 'Hilfe und Kontakt',
  because: 'Sie erhalten diese Mail als Mitglied von {program}.',
  unsubscribe: 'Keine Mails dieser Art mehr',
} satisfies MailTexts;

export const pages = {
  support: 'Hilfe und Kontakt',
  invalidTitle: 'Hier ist nichts',
  invalid:
    'Dieser Link ist ungültig. Öffnen Sie ihn noch einmal aus Ihrer Mail und prüfen Sie, ob ' +
    'er vollständig ist.',
  expiredTitle: 'Dieser Link ist abgelaufen',
  expired: 'Bitte lassen Sie sich vom Absender einen neuen schicken.',
  slowTitle: 'Zu viele Versuche',
  slow: 'Bitte warten Sie einige Minuten und öffnen Sie den Link dann noch einmal aus Ihrer Mail.',
  troubleTitle: 'Das hat nicht geklappt',
  trouble: 'Nichts ist verloren. Bitte öffnen Sie den Link in einigen Minuten noch einmal.',
  replacedTitle: 'Ihre Prämie wird ersetzt',
  replaced: 'Der Händler hat sie zurückgezogen. Wir schreiben Ihnen, sobald die neue da ist.',
  returnedTitle: 'Ihre Punkte sind zurück',
  returned: 'Diese Prämie konnte nicht geliefert werden. Die Punkte sind wieder auf Ihrem Konto.',
  payoutReplacedTitle: 'Ihre Auszahlung wurde an uns zurückgeschickt',
  payoutReplaced:
    'Wir schreiben Ihnen, sobald wir ausgezahlt haben oder das Geld wieder auf Ihrem Guthaben ist.',
  payoutReturnedTitle: 'Ihr Geld ist zurück',
  payoutReturned: 'Diese Auszahlung war nicht möglich. Das Geld ist wieder auf Ihrem Guthaben.',
} satisfies PageTexts;

export const claim = {
  claimTitle: 'Ihre Prämie ist da',
  claim: '{reward} wartet auf Sie.',
  claimHint: 'Drücken Sie den Knopf, wenn niemand sonst auf Ihren Bildschirm sieht.',
  claimButton: 'Prämie anzeigen',
  hereTitle: 'Hier ist Ihre Prämie',
  codeLabel: 'Ihr Code',
  linkLabel: 'Ihr Link',
  pinLabel: 'PIN',
  websiteLabel: 'Hier einlösen',
  openLink: 'Prämie öffnen',
  openWebsite: 'Zur Website',
  copy: 'Kopieren',
  copied: 'Kopiert',
  qrLabel: 'QR-Code Ihrer Prämie',
  qrHint: 'Scannen Sie ihn mit dem Telefon oder drucken Sie diese Seite.',
  copyHint: 'Markieren Sie den Text im Feld, um ihn zu kopieren.',
  keepHint: 'Behandeln Sie ihn wie Bargeld: Wer ihn hat, kann ihn ausgeben.',
  useUntil: 'Einzulösen bis zum {day}.',
  pageUntil: 'Diese Seite lässt sich bis zum {day} öffnen.',
} satisfies ClaimTexts;

export const choose = {
  chooseTitle: 'Suchen Sie sich Ihre Prämie aus',
  chooseIntro: '{sender} schenkt Ihnen eine von {count, plural, one {# Prämie} other {# Prämien}}.',
  chooseLegend: 'Welche möchten Sie?',
  chooseButton: 'Weiter',
  chooseMissing: 'Bitte wählen Sie eine der Prämien.',
  chooseTerms: 'Bedingungen',
  confirmTitle: 'Soll es diese sein?',
  confirm: 'Sie haben {reward} gewählt. Ein späterer Umtausch ist nicht möglich.',
  confirmButton: 'Ja, bitte schicken',
  back: 'Eine andere wählen',
  doneTitle: 'Ihre Prämie ist unterwegs',
  done: 'Sie haben {reward} gewählt. Wir schicken Ihnen eine Mail, sobald alles bereit ist.',
  refusedTitle: 'Diese Prämie ist gerade nicht bestellbar',
  refused: 'Bitte wählen Sie eine andere. Es wurde nichts bestellt.',
  undelivered:
    'Die Prämie, die Sie gewählt haben, war nicht lieferbar. Bitte wählen Sie noch ' +
    'einmal: Es ist nichts verloren.',
  chooseUntil: 'Sie können bis zum {day} wählen.',
} satisfies ChooseTexts;

export const statement = {
  title: 'Ihr Kontoauszug',
  asOf: 'Stand: {day}',
  balance: 'Guthaben',
  points: '{digits} {count, plural, one {Punkt} other {Punkte}}',
  pendingOn: '{amount} mehr ab dem {day}',
  pending: '{amount} mehr nach der Bestätigung',
  debt: '{amount} werden mit dem Nächsten verrechnet, was Sie sammeln',
  total: 'Ihr Geld ist heute zusammen {amount} wert.',
  level: 'Status',
  levelNow: 'Ihr Status ist {level}.',
  levelNext: 'Bis {level}, spätestens am {day}:',
  levelMissing: 'noch {missing} ({metric})',
  levelReached: '{metric}: erreicht',
  levelGrace: 'Sie behalten ihn mindestens bis zum {day}.',
  open: '{count, plural, =0 {Nichts offen} one {# Vorgang offen} other {# Vorgänge offen}}',
  history: 'Verlauf',
  noHistory: 'Es ist noch nichts geschehen.',
  day: 'Tag',
  what: 'Was',
  amount: 'Betrag',
  older: 'Ältere',
  newest: 'Zurück zu den neuesten',
  offTitle: 'Keine Mails mehr?',
  off:
    'Sie bekommen von {program} keine Mails dieser Art mehr. Nachrichten über bestellte ' +
    'Prämien kommen weiterhin.',
  offButton: 'Abbestellen',
  offDone: 'Erledigt: Sie bekommen keine Mails dieser Art mehr.',
  requested: 'Angefragt',
  underReview: 'In Prüfung',
  awaitingPayment: 'Wartet auf Zahlung',
  ordered: 'Bestellt',
  delayed: 'Verspätet',
  delivered: 'Geliefert',
  beingReplaced: 'Wird ersetzt',
  pointsReturned: 'Punkte zurückgegeben',
  cancelling: 'Wird storniert',
  payoutRequested: 'In Vorbereitung',
  payoutOrdered: 'Unterwegs',
  payoutDelivered: 'Ausgezahlt',
  payoutGiven: 'Gespendet',
  payoutSentBack: 'Auszahlung zurückgekommen',
  payoutReturned: 'Wieder auf Ihrem Guthaben',
  payoutBy: 'Soll bis zum {day} da sein',
  accrual: 'Gesammelt',
  return: 'Einkauf zurückgegeben',
  activation: 'Bestätigt',
  forfeiture: 'Nicht rechtzeitig bestätigt',
  vesting: 'Jetzt verfügbar',
  expiry: 'Verfallen',
  extension: 'Verlängert',
  conversion: 'In eine Prämie umgewandelt',
  exchange: 'Umgetauscht',
  migration: 'Auf die neue Währung umgestellt',
  adjustment: 'Korrektur',
  opening: 'Anfangsbestand',
  merge: 'Konten zusammengelegt',
  tier: 'Status geändert',
  change: 'Angaben geändert',
  hold: 'Für eine Prämie reserviert',
  capture: 'Eingelöst',
  release: 'Punkte zurückgegeben',
  reopen: 'Prämie zurückgenommen',
  late: 'Prämie berichtigt',
  payment: 'Zahlung eingegangen',
  POINTS_EXPIRE_SOON: 'Erinnerung: Punkte verfallen bald',
  TIER_RAISED: 'Aufgestiegen',
  TIER_LOWERED: 'Abgestiegen',
  TIER_KEPT: 'Status behalten',
  WAY_REWARDED: 'Bonus',
  GOODWILL: 'Kulanz',
  ENROLLED: 'Mitglied geworden',
} satisfies StatementTexts;
