import type { Language } from '../../domain/message/language.ts';

const en = {
  payoutChoiceSubject: 'How {program} pays you has changed',
  payoutChoice:
    'How you want to be paid was changed. From now on, your money goes this way: {rail}.',
  payoutChoiceAccount: 'Account: {account}',
  payoutChoiceRemoved:
    'How you want to be paid was removed. Nothing is paid out until you choose again.',
  payoutChoiceHint:
    'If that was you, there is nothing to do. If it was not, tell us at once and choose again ' +
    'how you want to be paid: until then your money may go to somebody else.',
  payoutChoiceRemovedHint:
    'If that was you, there is nothing to do. If it was not, tell us at once: somebody else may ' +
    'have got into your account.',
};

/** English: the keys that every other language has too. */
export type PayoutChoiceTexts = { readonly [Key in keyof typeof en]: string };

const de: PayoutChoiceTexts = {
  payoutChoiceSubject: 'Ihr Auszahlungsweg bei {program} wurde geändert',
  payoutChoice: 'Ihr Auszahlungsweg wurde geändert. Ab jetzt zahlen wir Ihr Geld so aus: {rail}.',
  payoutChoiceAccount: 'Konto: {account}',
  payoutChoiceRemoved:
    'Ihr Auszahlungsweg wurde gelöscht. Bis Sie wieder einen wählen, zahlen wir nichts aus.',
  payoutChoiceHint:
    'Waren Sie das selbst, müssen Sie nichts tun. Wenn nicht, melden Sie sich bitte sofort bei ' +
    'uns und wählen Sie Ihren Auszahlungsweg neu: Bis dahin kann Ihr Geld an jemand anderen gehen.',
  payoutChoiceRemovedHint:
    'Waren Sie das selbst, müssen Sie nichts tun. Wenn nicht, melden Sie sich bitte sofort bei ' +
    'uns: Jemand anderes könnte Zugang zu Ihrem Konto haben.',
};

const fr: PayoutChoiceTexts = {
  payoutChoiceSubject: 'Votre mode de versement {program} a changé',
  payoutChoice:
    'Votre mode de versement a été modifié. Désormais, votre argent est versé ainsi : {rail}.',
  payoutChoiceAccount: 'Compte : {account}',
  payoutChoiceRemoved:
    'Votre mode de versement a été supprimé. Rien ne sera versé tant que vous n’en aurez pas ' +
    'choisi un autre.',
  payoutChoiceHint:
    'Si c’était vous, vous n’avez rien à faire. Sinon, prévenez-nous tout de suite et choisissez ' +
    'de nouveau votre mode de versement : d’ici là, votre argent pourrait aller à quelqu’un ' +
    'd’autre.',
  payoutChoiceRemovedHint:
    'Si c’était vous, vous n’avez rien à faire. Sinon, prévenez-nous tout de suite : quelqu’un ' +
    'd’autre a peut-être accès à votre compte.',
};

const es: PayoutChoiceTexts = {
  payoutChoiceSubject: 'Ha cambiado cómo te paga {program}',
  payoutChoice:
    'Se ha cambiado la forma en que quieres cobrar. A partir de ahora, tu dinero te llega así: ' +
    '{rail}.',
  payoutChoiceAccount: 'Cuenta: {account}',
  payoutChoiceRemoved:
    'Se ha eliminado la forma en que quieres cobrar. No se pagará nada hasta que elijas otra.',
  payoutChoiceHint:
    'Si has sido tú, no tienes que hacer nada. Si no, avísanos enseguida y vuelve a elegir cómo ' +
    'quieres cobrar: hasta entonces, tu dinero podría ir a otra persona.',
  payoutChoiceRemovedHint:
    'Si has sido tú, no tienes que hacer nada. Si no, avísanos enseguida: puede que otra persona ' +
    'tenga acceso a tu cuenta.',
};

const nl: PayoutChoiceTexts = {
  payoutChoiceSubject: 'Hoe {program} je uitbetaalt, is gewijzigd',
  payoutChoice:
    'Hoe je uitbetaald wilt worden, is gewijzigd. Vanaf nu gaat je geld zo naar je toe: {rail}.',
  payoutChoiceAccount: 'Rekening: {account}',
  payoutChoiceRemoved:
    'Hoe je uitbetaald wilt worden, is verwijderd. Tot je opnieuw kiest, betalen we niets uit.',
  payoutChoiceHint:
    'Was jij dat, dan hoef je niets te doen. Zo niet, laat het ons meteen weten en kies opnieuw ' +
    'hoe je uitbetaald wilt worden: tot dan kan je geld naar iemand anders gaan.',
  payoutChoiceRemovedHint:
    'Was jij dat, dan hoef je niets te doen. Zo niet, laat het ons meteen weten: misschien heeft ' +
    'iemand anders toegang tot je account.',
};

const pl: PayoutChoiceTexts = {
  payoutChoiceSubject: 'Zmieniono sposób wypłaty w {program}',
  payoutChoice:
    'Zmieniono sposób, w jaki wypłacamy Ci pieniądze. Od teraz trafiają do Ciebie tak: {rail}.',
  payoutChoiceAccount: 'Konto: {account}',
  payoutChoiceRemoved:
    'Usunięto sposób, w jaki wypłacamy Ci pieniądze. Dopóki nie wybierzesz nowego, nic nie ' +
    'wypłacimy.',
  payoutChoiceHint:
    'Jeśli to Twoja decyzja, nie musisz nic robić. Jeśli nie, od razu daj nam znać i ponownie ' +
    'wybierz sposób wypłaty: do tego czasu Twoje pieniądze mogą trafić do kogoś innego.',
  payoutChoiceRemovedHint:
    'Jeśli to Twoja decyzja, nie musisz nic robić. Jeśli nie, od razu daj nam znać: ktoś inny ' +
    'może mieć dostęp do Twojego konta.',
};

const ms: PayoutChoiceTexts = {
  payoutChoiceSubject: 'Cara {program} membayar anda telah berubah',
  payoutChoice:
    'Cara anda mahu dibayar telah diubah. Mulai sekarang, wang anda dihantar begini: {rail}.',
  payoutChoiceAccount: 'Akaun: {account}',
  payoutChoiceRemoved:
    'Cara anda mahu dibayar telah dipadamkan. Tiada apa-apa dibayar sehingga anda memilih semula.',
  payoutChoiceHint:
    'Jika anda yang melakukannya, anda tidak perlu berbuat apa-apa. Jika bukan, beritahu kami ' +
    'segera dan pilih semula cara anda mahu dibayar: sementara itu, wang anda mungkin sampai ' +
    'kepada orang lain.',
  payoutChoiceRemovedHint:
    'Jika anda yang melakukannya, anda tidak perlu berbuat apa-apa. Jika bukan, beritahu kami ' +
    'segera: orang lain mungkin dapat masuk ke akaun anda.',
};

const zh: PayoutChoiceTexts = {
  payoutChoiceSubject: '您在{program}的收款方式已更改',
  payoutChoice: '您的收款方式已更改。从现在起，您的款项将这样支付：{rail}。',
  payoutChoiceAccount: '账户：{account}',
  payoutChoiceRemoved: '您的收款方式已删除。在您重新选择之前，我们不会付款。',
  payoutChoiceHint:
    '如果是您本人操作，无需理会。如果不是，请立即告知我们，并重新选择收款方式：' +
    '在此之前，您的款项可能会付给他人。',
  payoutChoiceRemovedHint:
    '如果是您本人操作，无需理会。如果不是，请立即告知我们：可能有他人能够进入您的账户。',
};

const ar: PayoutChoiceTexts = {
  payoutChoiceSubject: 'تغيّرت طريقة الصرف لك في {program}',
  payoutChoice: 'تغيّرت طريقة الصرف التي اخترتها. من الآن فصاعدًا يصلك مالك هكذا: {rail}.',
  payoutChoiceAccount: 'الحساب: {account}',
  payoutChoiceRemoved: 'حُذفت طريقة الصرف التي اخترتها. لن يُصرف لك شيء حتى تختار من جديد.',
  payoutChoiceHint:
    'إن كنت أنت من فعل ذلك فلا يلزمك شيء. وإلا فأبلغنا فورًا واختر طريقة الصرف من جديد: حتى ذلك ' +
    'الحين قد يذهب مالك إلى شخص آخر.',
  payoutChoiceRemovedHint:
    'إن كنت أنت من فعل ذلك فلا يلزمك شيء. وإلا فأبلغنا فورًا: ربما دخل شخص آخر إلى حسابك.',
};

/** Of how members are paid: mails when that changes. */
export const payoutChoiceTexts: Readonly<Record<Language, PayoutChoiceTexts>> = {
  en,
  de,
  fr,
  es,
  nl,
  pl,
  ms,
  zh,
  ar,
};
