import type { ChooseTexts, ClaimTexts, MailTexts, PageTexts, StatementTexts } from './texts.ts';

export const mail = {
  points: '{digits} {count, plural, other {mata}}',
  rewardReadySubject: 'Ganjaran {program} anda sudah sedia',
  rewardReady: 'Ganjaran anda sudah sedia: {reward}.',
  rewardReadyButton: 'Buka ganjaran saya',
  linkUntil: 'Pautan ini boleh digunakan hingga {day}.',
  keepPrivate:
    'Sila simpan e-mel ini untuk diri anda sahaja: sesiapa yang ada pautan boleh membuka ' +
    'ganjaran.',
  pointsReturnedSubject: 'Mata {program} anda telah dikembalikan',
  pointsReturned:
    'Kami tidak dapat menghantar ganjaran anda ({reward}). Dikembalikan ke baki anda: ' +
    '{points}.',
  pointsReturnedHint:
    'Tiada apa-apa yang hilang. Anda boleh memilih ganjaran ini atau yang lain pada ' +
    'bila-bila masa.',
  rewardDelayedSubject: 'Ganjaran {program} anda mengambil masa lebih lama',
  rewardDelayed:
    'Kami menjanjikan {reward} selewat-lewatnya {day}. Ganjaran itu akan lewat dan kami ' +
    'memohon maaf.',
  rewardDelayedHint:
    'Anda tidak perlu berbuat apa-apa: anda akan menerima ganjaran, atau semua mata anda ' +
    'dikembalikan.',
  rewardReplacedSubject: 'Ganjaran {program} anda sedang diganti',
  rewardReplaced:
    'Ganjaran anda ({reward}) telah ditarik balik oleh kedai yang mengeluarkannya. Kami ' +
    'sedang mendapatkan yang baharu.',
  rewardReplacedHint:
    'Anda tidak perlu berbuat apa-apa: anda akan menerima ganjaran baharu, atau semua mata ' +
    'anda dikembalikan.',
  rewardChangedSubject: 'Satu ganjaran {program} telah berubah',
  rewardChanged: 'Ganjaran yang anda lihat telah berubah: {reward}.',
  rewardGone: 'Ganjaran yang anda lihat tidak boleh ditempah lagi: {reward}.',
  rewardChangedHint: 'Sila semak katalog sekali lagi sebelum menempah. Mata anda tidak terjejas.',
  underReviewSubject: 'Kami sedang menyemak tempahan {program} anda',
  underReview:
    'Terima kasih atas tempahan anda: {reward}. Tempahan ini disemak sebentar sebelum ' +
    'dihantar.',
  underReviewHint: 'Mata anda disimpan buat sementara. Kami akan menulis sebaik sahaja selesai.',
  paymentDueSubject: 'Tempahan {program} anda menunggu bayaran',
  paymentDue:
    'Anda membayar {reward} dengan mata dan {cash}. Kami akan menempahnya sebaik sahaja ' +
    'bayaran diterima.',
  paymentDueUntil: 'Tanpa bayaran, mata anda dikembalikan pada {day}.',
  tierChangedSubject: 'Tahap {program} anda kini {level}',
  tierRaised: 'Anda telah naik tahap: tahap anda kini {level}.',
  tierLowered: 'Tahap anda kini {level}.',
  tierNext: 'Untuk mencapai {level}, anda masih memerlukan: {missing}.',
  pointsExpiringSubject: 'Mata {program} anda hampir luput',
  pointsExpiring: 'Sebahagian daripada baki anda akan luput tidak lama lagi:',
  pointsExpiringLine: '{points} hingga {day}',
  pointsExpiringHint: 'Gunakannya tepat pada masanya dan pilih ganjaran yang anda suka.',
  choiceSubject: 'Pilih ganjaran {program} anda',
  choice:
    '{sender} menghadiahkan anda satu ganjaran. Anda boleh memilih daripada {count, plural, ' +
    'other {# ganjaran}}.',
  choiceButton: 'Pilih ganjaran saya',
  choiceReopenedSubject: 'Ganjaran {program} anda tidak dapat dihantar',
  choiceReopened: 'Kami tidak dapat menghantar ganjaran yang anda pilih: {reward}.',
  choiceAgain: 'Tiada apa-apa yang hilang: anda boleh memilih semula hingga {day}.',
  choiceOver: 'Masa untuk memilih telah tamat. Sila minta ganjaran lain daripada {sender}.',
  payoutSubject: 'Bayaran keluar {program} anda dalam perjalanan',
  payout:
    'Bayaran keluar anda dalam perjalanan: {amount} ({rail}). Anda sepatutnya menerimanya ' +
    'selewat-lewatnya {day}.',
  payoutPaidSubject: 'Bayaran keluar {program} anda telah dibuat',
  payoutPaid: 'Kami telah membayar anda {amount} ({rail}).',
  payoutDelayedSubject: 'Bayaran keluar {program} anda mengambil masa lebih lama',
  payoutDelayed:
    'Bayaran keluar anda ({amount}, {rail}) sepatutnya tiba selewat-lewatnya {day}. Ia akan ' +
    'lewat dan kami memohon maaf.',
  payoutDelayedHint:
    'Anda tidak perlu berbuat apa-apa: anda akan menerima wang itu, atau ia kembali ke ' +
    'dompet anda.',
  payoutSentBackSubject: 'Bayaran keluar {program} anda dihantar balik kepada kami',
  payoutSentBack: 'Bayaran keluar anda dihantar balik kepada kami: {amount} ({rail}).',
  payoutReturnedSubject: 'Bayaran keluar {program} anda telah kembali',
  payoutReturned: 'Kami tidak dapat membuat bayaran keluar anda: {amount} ({rail}).',
  payoutReturnedHint:
    'Sila semak ke mana anda mahu dibayar. Wang itu ada dalam dompet anda dan dihantar ' +
    'dengan bayaran keluar kemudian.',
  payoutReviewSubject: 'Kami sedang menyemak bayaran keluar {program} anda',
  payoutReview: 'Bayaran keluar anda disemak sebentar sebelum dihantar: {amount} ({rail}).',
  payoutReviewHint:
    'Wang itu disimpan untuk anda buat sementara. Kami akan menulis sebaik sahaja selesai.',
  donationReceiptSubject: 'Resit derma {program} anda',
  donationReceipt:
    'Terima kasih. Anda telah menderma {amount} kepada badan amal ini: {charity}. Hari ' +
    'derma: {day}.',
  donationReceiptNumber: 'Nombor resit: {number}',
  support: 'Bantuan dan hubungan',
  because: 'Anda menerima e-mel ini sebagai ahli {program}.',
  unsubscribe: 'Hentikan e-mel seperti ini',
} satisfies MailTexts;

export const pages = {
  support: 'Bantuan dan hubungan',
  invalidTitle: 'Tiada apa-apa di sini',
  invalid: 'Pautan ini tidak sah. Buka semula daripada e-mel anda dan pastikan ia lengkap.',
  expiredTitle: 'Pautan ini telah luput',
  expired: 'Sila minta pautan baharu daripada program yang menghantarnya.',
  slowTitle: 'Terlalu banyak percubaan',
  slow: 'Sila tunggu beberapa minit dan buka semula pautan daripada e-mel anda.',
  troubleTitle: 'Tidak berjaya',
  trouble: 'Tiada apa-apa yang hilang. Sila buka semula pautan dalam beberapa minit.',
  replacedTitle: 'Ganjaran anda sedang diganti',
  replaced:
    'Ia ditarik balik oleh kedai yang mengeluarkannya. Kami akan menulis sebaik sahaja yang ' +
    'baharu sedia.',
  returnedTitle: 'Mata anda telah dikembalikan',
  returned: 'Ganjaran ini tidak dapat dihantar, dan mata itu kembali dalam baki anda.',
  payoutReplacedTitle: 'Bayaran keluar anda dihantar balik kepada kami',
  payoutReplaced:
    'Kami akan menulis sebaik sahaja anda dibayar, atau wang itu kembali dalam dompet anda.',
  payoutReturnedTitle: 'Wang anda telah kembali',
  payoutReturned: 'Bayaran keluar ini tidak dapat dibuat, dan wang itu kembali dalam dompet anda.',
} satisfies PageTexts;

export const claim = {
  claimTitle: 'Ganjaran anda sudah sedia',
  claim: '{reward} menanti anda.',
  claimHint: 'Tekan butang apabila tiada orang lain melihat skrin anda.',
  claimButton: 'Tunjukkan ganjaran saya',
  hereTitle: 'Inilah ganjaran anda',
  codeLabel: 'Kod anda',
  linkLabel: 'Pautan anda',
  pinLabel: 'PIN',
  websiteLabel: 'Tempat menggunakannya',
  openLink: 'Buka ganjaran anda',
  openWebsite: 'Pergi ke laman web',
  copy: 'Salin',
  copied: 'Disalin',
  qrLabel: 'Kod QR ganjaran anda',
  qrHint: 'Imbas dengan telefon anda, atau cetak halaman ini.',
  copyHint: 'Pilih teks dalam kotak untuk menyalinnya.',
  keepHint: 'Jaga seperti wang tunai: sesiapa yang memilikinya boleh membelanjakannya.',
  useUntil: 'Gunakan selewat-lewatnya {day}.',
  pageUntil: 'Halaman ini boleh dibuka hingga {day}.',
} satisfies ClaimTexts;

export const choose = {
  chooseTitle: 'Pilih ganjaran anda',
  chooseIntro: '{sender} menghadiahkan anda satu daripada {count, plural, other {# ganjaran}}.',
  chooseLegend: 'Yang mana satu pilihan anda?',
  chooseButton: 'Seterusnya',
  chooseMissing: 'Sila pilih salah satu ganjaran.',
  chooseTerms: 'Terma',
  confirmTitle: 'Adakah ini pilihan anda?',
  confirm: 'Anda memilih {reward}. Ia tidak boleh ditukar kemudian.',
  confirmButton: 'Ya, hantarkan kepada saya',
  back: 'Pilih yang lain',
  doneTitle: 'Ganjaran anda dalam perjalanan',
  done: 'Anda memilih {reward}. Kami akan menghantar e-mel sebaik sahaja ia sedia.',
  refusedTitle: 'Ganjaran ini tidak boleh ditempah sekarang',
  refused: 'Sila pilih yang lain. Tiada apa-apa ditempah.',
  undelivered:
    'Ganjaran yang anda pilih tidak dapat dihantar. Sila pilih semula: tiada apa-apa yang hilang.',
  chooseUntil: 'Anda boleh memilih hingga {day}.',
} satisfies ChooseTexts;

export const statement = {
  title: 'Penyata anda',
  asOf: 'Setakat {day}',
  balance: 'Baki',
  points: '{digits} {count, plural, other {mata}}',
  pendingOn: '{amount} lagi mulai {day}',
  pending: '{amount} lagi selepas disahkan',
  debt: '{amount} akan ditolak daripada perolehan anda yang seterusnya',
  total: 'Kesemua wang anda bernilai {amount} hari ini.',
  level: 'Tahap',
  levelNow: 'Tahap anda ialah {level}.',
  levelNext: 'Untuk {level} selewat-lewatnya {day}:',
  levelMissing: '{missing} lagi ({metric})',
  levelReached: '{metric}: tercapai',
  levelGrace: 'Anda mengekalkannya sekurang-kurangnya hingga {day}.',
  open: '{count, plural, =0 {Tiada yang sedang diproses} other {# sedang diproses}}',
  history: 'Sejarah',
  noHistory: 'Belum ada apa-apa yang berlaku.',
  day: 'Hari',
  what: 'Perkara',
  amount: 'Jumlah',
  older: 'Lebih lama',
  newest: 'Kembali ke yang terbaharu',
  offTitle: 'Tiada e-mel lagi?',
  off:
    'Anda tidak akan menerima e-mel seperti ini lagi daripada {program}. Mesej tentang ' +
    'ganjaran yang ditempah tetap dihantar.',
  offButton: 'Matikan',
  offDone: 'Selesai: anda tidak akan menerima e-mel seperti ini lagi.',
  requested: 'Dimohon',
  underReview: 'Sedang disemak',
  awaitingPayment: 'Menunggu bayaran',
  ordered: 'Ditempah',
  delayed: 'Tertangguh',
  delivered: 'Dihantar',
  beingReplaced: 'Sedang diganti',
  pointsReturned: 'Mata dikembalikan',
  cancelling: 'Sedang dibatalkan',
  payoutRequested: 'Sedang disediakan',
  payoutOrdered: 'Dalam perjalanan',
  payoutDelivered: 'Dibayar',
  payoutGiven: 'Didermakan',
  payoutSentBack: 'Bayaran keluar dihantar balik',
  payoutReturned: 'Kembali dalam dompet anda',
  payoutBy: 'Tiba selewat-lewatnya {day}',
  accrual: 'Diperoleh',
  return: 'Pembelian dipulangkan',
  activation: 'Disahkan',
  forfeiture: 'Tidak disahkan pada masanya',
  vesting: 'Kini tersedia',
  expiry: 'Luput',
  extension: 'Dilanjutkan',
  conversion: 'Ditukar kepada ganjaran',
  exchange: 'Ditukar',
  migration: 'Ditukar kepada mata wang baharu',
  adjustment: 'Pembetulan',
  opening: 'Baki permulaan',
  merge: 'Akaun digabungkan',
  tier: 'Tahap berubah',
  change: 'Butiran berubah',
  hold: 'Disimpan untuk ganjaran',
  capture: 'Ditebus',
  release: 'Mata dikembalikan',
  reopen: 'Ganjaran ditarik balik',
  late: 'Ganjaran dibetulkan',
  payment: 'Bayaran diterima',
  POINTS_EXPIRE_SOON: 'Peringatan: mata hampir luput',
  TIER_RAISED: 'Naik tahap',
  TIER_LOWERED: 'Turun tahap',
  TIER_KEPT: 'Tahap dikekalkan',
  WAY_REWARDED: 'Bonus',
  GOODWILL: 'Ihsan',
  ENROLLED: 'Menyertai program',
} satisfies StatementTexts;
