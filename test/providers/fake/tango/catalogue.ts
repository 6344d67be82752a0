import { type RawNumber, rawNumber } from '../common/raw-json.ts';

export interface SoldItem {
  readonly utid: string;
  readonly brand: string;
  readonly name: string;
  readonly type: 'gift card' | 'cash equivalent' | 'donation' | 'reward link';
  readonly currency: string;
  readonly countries: readonly string[];
  /** One face value, or a range; decimal texts. */
  readonly amounts: readonly [string] | readonly [minimum: string, maximum: string];
  readonly credentials: readonly string[];
  readonly wholeOnly?: true;
  readonly fee?: { readonly type: string; readonly value: string };
  readonly availability?: 'UNAVAILABLE';
  /** May be cancelled for five days. */
  readonly isChoice?: true;
}

const plentiful = '99999999999999999';
const claim = ['claimCode', 'redemptionUrl'];
const card = ['cardNumber', 'PIN', 'expirationDate'];
const link = ['redemptionUrl', 'expirationDate'];

/** Open ranges: any amount that is more than nothing. */
const openItems: readonly SoldItem[] = [
  open('U000001', 'EUR', 'Nordwind Shop', ['DE', 'AT', 'FR', 'NL', 'ES', 'IE'], claim, '0.01'),
  open('U000002', 'USD', 'Cedar & Co', ['US'], card, '0.01'),
  open('U000003', 'GBP', 'Harbour Books', ['GB'], claim, '0.01'),
  open('U000004', 'JPY', 'Hanami Store', ['JP'], claim, '1'),
  open('U000005', 'BHD', 'Pearl Market', ['BH'], claim, '0.001'),
  open('U000006', 'KWD', 'Gulf Bazaar', ['KW'], card, '0.001'),
  open('U000007', 'PLN', 'Sosna', ['PL'], claim, '0.01'),
  open('U000008', 'CAD', 'Maple Lane', ['CA'], card, '0.01'),
];

const otherItems: readonly SoldItem[] = [
  item('U000101', 'Harbour Books', 'Harbour Books 10', 'GBP', ['GB'], ['10'], claim),
  item('U000102', 'Harbour Books', 'Harbour Books 25', 'GBP', ['GB'], ['25'], claim),
  {
    ...item('U000103', 'Alpenglow', 'Alpenglow', 'EUR', ['DE'], ['5', '500'], card),
    wholeOnly: true,
  },
  {
    ...item(
      'U000104',
      'Vireo',
      'Vireo Prepaid',
      'USD',
      ['US'],
      ['10', '1000'],
      [...['cardNumber', 'securityCode', 'expirationDate']],
    ),
    ...{ type: 'cash equivalent', fee: { type: 'FLAT', value: '2.50' } },
  },
  {
    ...item('U000105', 'Clear Rivers', 'Gift to Clear Rivers', 'USD', ['US'], ['1', '2000'], link),
    type: 'donation',
  },
  {
    ...item('U000106', 'Choice', 'Choice Link', 'EUR', ['DE', 'FR'], ['1', '1000'], link),
    ...{ type: 'reward link', isChoice: true },
  },
  {
    ...item('U000107', 'Choice', 'Choice Link', 'USD', ['US'], ['1', '2000'], link),
    ...{ type: 'reward link', isChoice: true, fee: { type: 'PERCENT', value: '1.5' } },
  },
  {
    ...item('U000108', 'Sosna', 'Sosna 50', 'PLN', ['PL'], ['50'], claim),
    availability: 'UNAVAILABLE',
  },
];

export const soldItems: readonly SoldItem[] = [...openItems, ...otherItems];

function open(
  utid: string,
  currency: string,
  brand: string,
  ...[countries, credentials, least]: readonly [readonly string[], readonly string[], string]
): SoldItem {
  const amounts = [least, plentiful] as const;
  return { ...item(utid, brand, brand, currency, countries, amounts, credentials), isChoice: true };
}

function item(
  ...[utid, brand, name, currency, countries, amounts, credentials]: readonly [
    utid: string,
    brand: string,
    name: string,
    currency: string,
    countries: readonly string[],
    amounts: SoldItem['amounts'],
    credentials: readonly string[],
  ]
): SoldItem {
  return { utid, brand, name, type: 'gift card', currency, countries, amounts, credentials };
}

export function itemOf(utid: string): SoldItem | undefined {
  return soldItems.find((sold) => sold.utid === utid);
}

/** The product that sells any amount in a currency; else one that is not there. */
export function openItemIn(currency: string): string {
  return openItems.find((sold) => sold.currency === currency)?.utid ?? 'U999999';
}

/** Everything at once, or what the filters leave. */
export function catalogueView(query: { get(name: string): string | null }): object {
  const [utid, currency, country] = ['utid', 'currencyCode', 'country'].map((it) => query.get(it));
  const sold = soldItems
    .filter((it) => !utid || it.utid === utid)
    .filter((it) => !currency || it.currency === currency)
    .filter((it) => !country || it.countries.includes(country));
  const brands = [...new Set(sold.map(({ brand }) => brand))];
  return {
    catalogName: 'Guerdon stand-in',
    brands: brands.map((brand) => brandView(brand, sold)),
  };
}

function brandView(brand: string, sold: readonly SoldItem[]): object {
  return {
    brandKey: `B${brand.length}${brand.charCodeAt(0)}`,
    brandName: brand,
    disclaimer: `<p>${brand.replace('&', '&amp;')} is not a sponsor of this program.</p>`,
    description: `<p>${brand}</p>`,
    shortDescription: '',
    terms: '<p>Valid in <strong>all</strong> shops.<br/>No cash.</p>',
    ...{ createdDate: '2025-01-01T00:00:00Z', lastUpdateDate: '2026-01-01T00:00:00Z' },
    brandRequirements: { alwaysShowDisclaimer: true },
    imageUrls: {
      '80w-326ppi': 'https://images.tango.example/80.png',
      '300w-326ppi': 'https://images.tango.example/300.png',
    },
    status: 'active',
    items: sold.filter((it) => it.brand === brand).map(itemView),
  };
}

function itemView(sold: SoldItem): object {
  const [first, last] = sold.amounts.map(rawNumber) as [RawNumber, RawNumber?];
  const value =
    last === undefined
      ? { valueType: 'FIXED_VALUE', faceValue: first }
      : { valueType: 'VARIABLE_VALUE', minValue: first, maxValue: last };
  return {
    ...{ utid: sold.utid, rewardName: sold.name, rewardType: sold.type, status: 'active' },
    ...{ currencyCode: sold.currency, ...value, countries: sold.countries },
    isWholeAmountValueRequired: sold.wholeOnly === true,
    credentialTypes: sold.credentials,
    ...(sold.fee && { fee: { type: sold.fee.type, value: rawNumber(sold.fee.value) } }),
    ...{ exchangeRateRule: '', redemptionInstructions: '<p>Type it in.</p>' },
    itemAvailability: { itemAvailabilityStatus: sold.availability ?? 'AVAILABLE' },
    fulfillmentType: 'DIGITAL',
    ...{ createdDate: '2025-01-01T00:00:00Z', lastUpdateDate: '2026-01-01T00:00:00Z' },
  };
}
