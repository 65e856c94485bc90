// Every page there is, for what holds for all of them.
export interface Place {
  path: string;
  signedIn: boolean;
  /** Of the answer, where it is another than 200. */
  status?: number;
}

/** Of the made-up market: one that is listed, one that is gone, one that never was. */
export const LISTED = '800010';
export const DELISTED = '790000';
export const UNKNOWN = '800019';

export const places: Place[] = [
  { path: '/login', signedIn: false },
  { path: '/signup', signedIn: false },
  { path: '/terms', signedIn: false },
  { path: '/privacy', signedIn: false },
  { path: '/', signedIn: true },
  { path: '/stocks', signedIn: true },
  { path: '/stocks?q=zzzz', signedIn: true },
  { path: '/stocks?sort_by=changes_ratio,volume&share_kind=common&cols=close,isin,industry', signedIn: true },
  { path: `/stocks/${LISTED}`, signedIn: true },
  { path: `/stocks/${DELISTED}`, signedIn: true },
  { path: `/stocks/${UNKNOWN}`, signedIn: true, status: 404 },
  { path: '/watchlist', signedIn: true },
  { path: '/compare', signedIn: true },
  { path: `/compare?codes=${LISTED}`, signedIn: true },
  { path: '/account', signedIn: true },
  { path: '/account/password', signedIn: true },
  { path: '/account/devices', signedIn: true },
  { path: '/account/history', signedIn: true },
  { path: '/account/delete', signedIn: true },
  { path: '/no/such/page', signedIn: false, status: 404 },
];

export const nameOf = ({ path, signedIn }: Place) => `${path}${signedIn ? ' signed in' : ''}`;
