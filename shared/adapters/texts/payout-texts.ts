import type { Language } from '../../domain/message/language.ts';

const en = {
  taken: 'From your wallet: {amount}',
  given: 'Gift to {charity}: {amount}',
  exchanged: 'Exchanged: {from} = {to} ({rate}, {day})',
  fee: 'Fee: {amount}',
  paid: 'Payout: {amount}',
  returned: 'Back in your wallet: {amount}',
  returnedRate: 'That is what had left it: if the rate has changed since, you lose nothing by it.',
  stayed: 'What you gave to {charity} stays given: {amount}',
};

/** English: the keys that every other language has too. */
export type PayoutTexts = { readonly [Key in keyof typeof en]: string };

const de: PayoutTexts = {
  taken: 'Aus Ihrem Guthaben: {amount}',
  given: 'Spende an {charity}: {amount}',
  exchanged: 'Umgetauscht: {from} = {to} ({rate}, {day})',
  fee: 'Gebühr: {amount}',
  paid: 'Auszahlung: {amount}',
  returned: 'Wieder auf Ihrem Guthaben: {amount}',
  returnedRate:
    'Das ist so viel, wie abgegangen war: Hat sich der Kurs seither geändert, verlieren Sie ' +
    'dadurch nichts.',
  stayed: 'Ihre Spende an {charity} bleibt gespendet: {amount}',
};

const fr: PayoutTexts = {
  taken: 'De votre cagnotte : {amount}',
  given: 'Don à {charity} : {amount}',
  exchanged: 'Converti : {from} = {to} ({rate}, {day})',
  fee: 'Frais : {amount}',
  paid: 'Versement : {amount}',
  returned: 'De retour dans votre cagnotte : {amount}',
  returnedRate: 'C’est ce qui en était parti : si le taux a changé depuis, vous n’y perdez rien.',
  stayed: 'Votre don à {charity} reste acquis : {amount}',
};

const es: PayoutTexts = {
  taken: 'De tu monedero: {amount}',
  given: 'Donación a {charity}: {amount}',
  exchanged: 'Cambiado: {from} = {to} ({rate}, {day})',
  fee: 'Comisión: {amount}',
  paid: 'Pago: {amount}',
  returned: 'De nuevo en tu monedero: {amount}',
  returnedRate:
    'Es lo que había salido de él: si el cambio ha variado desde entonces, no pierdes nada.',
  stayed: 'Lo que donaste a {charity} sigue donado: {amount}',
};

const nl: PayoutTexts = {
  taken: 'Van je tegoed: {amount}',
  given: 'Gift aan {charity}: {amount}',
  exchanged: 'Gewisseld: {from} = {to} ({rate}, {day})',
  fee: 'Kosten: {amount}',
  paid: 'Uitbetaling: {amount}',
  returned: 'Terug op je tegoed: {amount}',
  returnedRate:
    'Dat is wat eraf was gegaan: is de koers sindsdien veranderd, dan verlies je daar niets aan.',
  stayed: 'Wat je aan {charity} gaf, blijft gegeven: {amount}',
};

const pl: PayoutTexts = {
  taken: 'Z Twojego portfela: {amount}',
  given: 'Darowizna ({charity}): {amount}',
  exchanged: 'Wymieniono: {from} = {to} ({rate}, {day})',
  fee: 'Opłata: {amount}',
  paid: 'Wypłata: {amount}',
  returned: 'Z powrotem w Twoim portfelu: {amount}',
  returnedRate:
    'To tyle, ile z niego wyszło: jeśli kurs się od tego czasu zmienił, nic na tym nie tracisz.',
  stayed: 'Darowizna ({charity}) pozostaje przekazana: {amount}',
};

const ms: PayoutTexts = {
  taken: 'Daripada dompet anda: {amount}',
  given: 'Derma kepada {charity}: {amount}',
  exchanged: 'Ditukar: {from} = {to} ({rate}, {day})',
  fee: 'Yuran: {amount}',
  paid: 'Bayaran keluar: {amount}',
  returned: 'Kembali dalam dompet anda: {amount}',
  returnedRate:
    'Itulah jumlah yang telah keluar: jika kadar berubah sejak itu, anda tidak rugi apa-apa.',
  stayed: 'Derma anda kepada {charity} kekal: {amount}',
};

const zh: PayoutTexts = {
  taken: '取自您的钱包：{amount}',
  given: '捐款（{charity}）：{amount}',
  exchanged: '换汇：{from} = {to}（{rate}，{day}）',
  fee: '手续费：{amount}',
  paid: '提现金额：{amount}',
  returned: '已退回您的钱包：{amount}',
  returnedRate: '退回的正是当初转出的数额：即使之后汇率有变，您也没有任何损失。',
  stayed: '您捐给{charity}的款项不受影响：{amount}',
};

const ar: PayoutTexts = {
  taken: 'من محفظتك: {amount}',
  given: 'تبرّع لجهة {charity}: {amount}',
  exchanged: 'صرف العملة: {from} = {to} ({rate}، {day})',
  fee: 'الرسوم: {amount}',
  paid: 'مبلغ الصرف: {amount}',
  returned: 'عاد إلى محفظتك: {amount}',
  returnedRate: 'هذا ما كان قد خرج منها: إن تغيّر السعر بعد ذلك فلن تخسر شيئًا.',
  stayed: 'يبقى تبرّعك لجهة {charity} كما هو: {amount}',
};

/** Of how payouts were worked out, in mails and statements. */
export const payoutTexts: Readonly<Record<Language, PayoutTexts>> = {
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
