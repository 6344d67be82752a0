import type { ChooseTexts, ClaimTexts, MailTexts, PageTexts, StatementTexts } from './texts.ts';

export const mail = {
  points: '{digits} {count, plural, one {point} many {de points} other {points}}',
  rewardReadySubject: 'Votre cadeau {program} est prêt',
  rewardReady: 'Votre cadeau est prêt : {reward}.',
  rewardReadyButton: 'Ouvrir mon cadeau',
  linkUntil: 'Le lien fonctionne jusqu’au {day}.',
  keepPrivate: 'Gardez ce message pour vous : toute personne qui a le lien peut ouvrir le cadeau.',
  pointsReturnedSubject: 'Vos points {program} vous ont été rendus',
  pointsReturned:
    'Nous n’avons pas pu livrer votre cadeau ({reward}). De retour sur votre solde : ' +
    '{points}.',
  pointsReturnedHint:
    'Rien n’est perdu. Vous pouvez choisir ce cadeau ou un autre quand vous voulez.',
  rewardDelayedSubject: 'Votre cadeau {program} a du retard',
  rewardDelayed:
    'Nous vous avions promis {reward} pour le {day}. Il arrivera plus tard, veuillez nous en ' +
    'excuser.',
  rewardDelayedHint:
    'Vous n’avez rien à faire : vous recevrez le cadeau, ou tous vos points vous seront ' +
    'rendus.',
  rewardReplacedSubject: 'Votre cadeau {program} est en cours de remplacement',
  rewardReplaced:
    'Votre cadeau ({reward}) a été annulé par l’enseigne. Nous vous en procurons un autre.',
  rewardReplacedHint:
    'Vous n’avez rien à faire : vous recevrez un nouveau cadeau, ou tous vos points vous ' +
    'seront rendus.',
  rewardChangedSubject: 'Un cadeau {program} a changé',
  rewardChanged: 'Un cadeau que vous aviez regardé a changé : {reward}.',
  rewardGone: 'Un cadeau que vous aviez regardé n’est plus disponible : {reward}.',
  rewardChangedHint:
    'Consultez à nouveau le catalogue avant de commander. Vos points sont intacts.',
  underReviewSubject: 'Nous vérifions votre commande {program}',
  underReview:
    'Merci pour votre commande : {reward}. Quelqu’un la vérifie rapidement avant l’envoi.',
  underReviewHint:
    'Vos points sont réservés en attendant. Nous vous écrirons dès que ce sera fait.',
  paymentDueSubject: 'Votre commande {program} attend le paiement',
  paymentDue:
    'Vous payez {reward} avec des points et {cash}. Nous passerons la commande dès réception ' +
    'du paiement.',
  paymentDueUntil: 'Sans paiement, vos points vous seront rendus le {day}.',
  tierChangedSubject: 'Votre niveau {program} est désormais {level}',
  tierRaised: 'Vous passez au niveau supérieur : {level}.',
  tierLowered: 'Votre niveau est désormais {level}.',
  tierNext: 'Pour atteindre {level}, il vous manque encore : {missing}.',
  pointsExpiringSubject: 'Vos points {program} expirent bientôt',
  pointsExpiring: 'Une partie de votre solde expire bientôt :',
  pointsExpiringLine: '{points} jusqu’au {day}',
  pointsExpiringHint: 'Profitez-en à temps et choisissez un cadeau qui vous plaît.',
  choiceSubject: 'Un cadeau {program} à choisir',
  choice:
    '{sender} vous offre un cadeau. Vous avez le choix entre {count, plural, one {# cadeau} ' +
    'many {# de cadeaux} other {# cadeaux}}.',
  choiceButton: 'Choisir mon cadeau',
  choiceReopenedSubject: 'Votre cadeau {program} n’a pas pu être livré',
  choiceReopened: 'Nous n’avons pas pu livrer le cadeau que vous avez choisi : {reward}.',
  choiceAgain: 'Rien n’est perdu : vous pouvez choisir à nouveau jusqu’au {day}.',
  choiceOver: 'Le délai pour choisir est passé. Demandez un autre cadeau à {sender}.',
  payoutSubject: 'Votre versement {program} est en route',
  payout:
    'Votre versement est en route : {amount} ({rail}). Il devrait vous parvenir d’ici au {day}.',
  payoutPaidSubject: 'Votre versement {program} est effectué',
  payoutPaid: 'Nous vous avons versé {amount} ({rail}).',
  payoutDelayedSubject: 'Votre versement {program} a du retard',
  payoutDelayed:
    'Votre versement ({amount}, {rail}) devait vous parvenir d’ici au {day}. Il prendra plus ' +
    'de temps, veuillez nous en excuser.',
  payoutDelayedHint:
    'Vous n’avez rien à faire : vous recevrez l’argent, ou il reviendra dans votre cagnotte.',
  payoutSentBackSubject: 'Votre versement {program} nous a été renvoyé',
  payoutSentBack: 'Votre versement nous a été renvoyé : {amount} ({rail}).',
  payoutReturnedSubject: 'Votre versement {program} est revenu',
  payoutReturned: 'Nous n’avons pas pu effectuer votre versement : {amount} ({rail}).',
  payoutReturnedHint:
    'Vérifiez le mode de versement que vous avez choisi. L’argent est dans votre cagnotte et ' +
    'partira avec un prochain versement.',
  payoutReviewSubject: 'Nous vérifions votre versement {program}',
  payoutReview: 'Quelqu’un vérifie rapidement votre versement avant l’envoi : {amount} ({rail}).',
  payoutReviewHint:
    'L’argent vous est réservé en attendant. Nous vous écrirons dès que ce sera fait.',
  donationReceiptSubject: 'Reçu de votre don via {program}',
  donationReceipt:
    'Merci. Vous avez donné {amount} à cette association : {charity}. Jour du don : {day}.',
  donationReceiptNumber: 'Numéro du reçu : {number}',
  support: 'Aide et contact',
  because: 'Vous recevez ce message en tant que membre de {program}.',
  unsubscribe: 'Ne plus recevoir ce type de message',
} satisfies MailTexts;

export const pages = {
  support: 'Aide et contact',
  invalidTitle: 'Il n’y a rien ici',
  invalid:
    'Ce lien n’est pas valable. Ouvrez-le à nouveau depuis votre message et vérifiez qu’il ' +
    'est complet.',
  expiredTitle: 'Ce lien a expiré',
  expired: 'Demandez-en un nouveau à l’expéditeur.',
  slowTitle: 'Trop de tentatives',
  slow: 'Attendez quelques minutes, puis ouvrez à nouveau le lien depuis votre message.',
  troubleTitle: 'Cela n’a pas fonctionné',
  trouble: 'Rien n’est perdu. Ouvrez à nouveau le lien dans quelques minutes.',
  replacedTitle: 'Votre cadeau est en cours de remplacement',
  replaced: 'Il a été annulé par l’enseigne. Nous vous écrirons dès que le nouveau sera prêt.',
  returnedTitle: 'Vos points vous ont été rendus',
  returned: 'Ce cadeau n’a pas pu être livré et les points sont de retour sur votre solde.',
  payoutReplacedTitle: 'Votre versement nous a été renvoyé',
  payoutReplaced:
    'Nous vous écrirons dès que nous vous aurons payé ou que l’argent sera de retour dans ' +
    'votre cagnotte.',
  payoutReturnedTitle: 'Votre argent est revenu',
  payoutReturned:
    'Ce versement n’a pas pu être effectué et l’argent est de retour dans votre cagnotte.',
} satisfies PageTexts;

export const claim = {
  claimTitle: 'Votre cadeau est prêt',
  claim: '{reward} vous attend.',
  claimHint: 'Appuyez sur le bouton quand personne d’autre ne voit votre écran.',
  claimButton: 'Afficher mon cadeau',
  hereTitle: 'Voici votre cadeau',
  codeLabel: 'Votre code',
  linkLabel: 'Votre lien',
  pinLabel: 'Code PIN',
  websiteLabel: 'Où l’utiliser',
  openLink: 'Ouvrir votre cadeau',
  openWebsite: 'Aller sur le site',
  copy: 'Copier',
  copied: 'Copié',
  qrLabel: 'Code QR de votre cadeau',
  qrHint: 'Scannez-le avec votre téléphone ou imprimez cette page.',
  copyHint: 'Sélectionnez le texte dans le cadre pour le copier.',
  keepHint: 'Il vaut de l’argent liquide : quiconque l’a peut le dépenser.',
  useUntil: 'À utiliser avant le {day} inclus.',
  pageUntil: 'Cette page peut être ouverte jusqu’au {day}.',
} satisfies ClaimTexts;

export const choose = {
  chooseTitle: 'Choisissez votre cadeau',
  chooseIntro:
    '{sender} vous offre un cadeau, à choisir parmi ' +
    '{count, plural, one {# cadeau} many {# de cadeaux} other {# cadeaux}}.',
  chooseLegend: 'Lequel souhaitez-vous ?',
  chooseButton: 'Continuer',
  chooseMissing: 'Choisissez l’un des cadeaux.',
  chooseTerms: 'Conditions',
  confirmTitle: 'Est-ce bien celui-ci ?',
  confirm: 'Vous avez choisi {reward}. Il ne pourra pas être échangé ensuite.',
  confirmButton: 'Oui, envoyez-le-moi',
  back: 'En choisir un autre',
  doneTitle: 'Votre cadeau est en route',
  done: 'Vous avez choisi {reward}. Nous vous écrirons dès qu’il sera prêt.',
  refusedTitle: 'Ce cadeau ne peut pas être commandé actuellement',
  refused: 'Choisissez-en un autre. Rien n’a été commandé.',
  undelivered:
    'Le cadeau que vous avez choisi n’a pas pu être livré. Choisissez à nouveau : rien ' +
    'n’est perdu.',
  chooseUntil: 'Vous pouvez choisir jusqu’au {day}.',
} satisfies ChooseTexts;

export const statement = {
  title: 'Votre relevé',
  asOf: 'Au {day}',
  balance: 'Solde',
  points: '{digits} {count, plural, one {point} many {de points} other {points}}',
  pendingOn: '{amount} de plus à partir du {day}',
  pending: '{amount} de plus après confirmation',
  debt: '{amount} seront déduits de vos prochains gains',
  total: 'Tout votre argent réuni vaut {amount} aujourd’hui.',
  level: 'Niveau',
  levelNow: 'Votre niveau est {level}.',
  levelNext: 'Pour atteindre {level} d’ici au {day} :',
  levelMissing: 'encore {missing} ({metric})',
  levelReached: '{metric} : atteint',
  levelGrace: 'Vous le gardez au moins jusqu’au {day}.',
  open:
    '{count, plural, =0 {Rien en cours} one {# opération en cours} many {# d’opérations en ' +
    'cours} other {# opérations en cours}}',
  history: 'Historique',
  noHistory: 'Il ne s’est encore rien passé.',
  day: 'Jour',
  what: 'Opération',
  amount: 'Montant',
  older: 'Plus ancien',
  newest: 'Revenir au plus récent',
  offTitle: 'Plus de messages ?',
  off:
    'Vous ne recevrez plus de messages de ce type de {program}. Les messages sur vos ' +
    'commandes continuent d’arriver.',
  offButton: 'Désactiver',
  offDone: 'C’est fait : vous ne recevrez plus de messages de ce type.',
  requested: 'Demandé',
  underReview: 'En vérification',
  awaitingPayment: 'En attente de paiement',
  ordered: 'Commandé',
  delayed: 'En retard',
  delivered: 'Livré',
  beingReplaced: 'En cours de remplacement',
  pointsReturned: 'Points rendus',
  cancelling: 'En cours d’annulation',
  payoutRequested: 'En préparation',
  payoutOrdered: 'En route',
  payoutDelivered: 'Versé',
  payoutGiven: 'Donné',
  payoutSentBack: 'Versement renvoyé',
  payoutReturned: 'De retour dans votre cagnotte',
  payoutBy: 'Prévu d’ici au {day}',
  accrual: 'Gagné',
  return: 'Achat retourné',
  activation: 'Confirmé',
  forfeiture: 'Non confirmé à temps',
  vesting: 'Désormais disponible',
  expiry: 'Expiré',
  extension: 'Prolongé',
  conversion: 'Converti en cadeau',
  exchange: 'Échangé',
  migration: 'Passé à la nouvelle monnaie',
  adjustment: 'Correction',
  opening: 'Solde d’ouverture',
  merge: 'Comptes réunis',
  tier: 'Changement de niveau',
  change: 'Données modifiées',
  hold: 'Réservé pour un cadeau',
  capture: 'Dépensé',
  release: 'Points rendus',
  reopen: 'Cadeau repris',
  late: 'Cadeau corrigé',
  payment: 'Paiement reçu',
  POINTS_EXPIRE_SOON: 'Rappel : des points expirent bientôt',
  TIER_RAISED: 'Passage au niveau supérieur',
  TIER_LOWERED: 'Passage au niveau inférieur',
  TIER_KEPT: 'Niveau conservé',
  WAY_REWARDED: 'Bonus',
  GOODWILL: 'Geste commercial',
  ENROLLED: 'Inscription',
} satisfies StatementTexts;
