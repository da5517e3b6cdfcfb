// Where the person at this browser probably is. Only a first guess for a form that can be changed.
import { deviceTimeZone } from "../ui/timeZone";

const regions =
  "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split(
    " ",
  );

type Choice = { value: string; label: string };

// Every country, by name, and `chosen` should it be none of them.
export function countryChoices(language: string, chosen: string | null): Choice[] {
  const known = chosen === null || regions.includes(chosen) ? regions : [chosen, ...regions];
  const names = new Intl.DisplayNames(language, { type: "region" });
  return known
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

export const countryName = (code: string, language: string): string =>
  new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code;

// All that the browser knows, and `chosen` should it be none of them.
export function timeZoneChoices(chosen: string | null): Choice[] {
  const known = Intl.supportedValuesOf("timeZone");
  const zones = chosen === null || known.includes(chosen) ? known : [chosen, ...known];
  return zones.map((zone) => ({ value: zone, label: zoneName(zone) }));
}

export const zoneName = (zone: string): string => zone.replaceAll("_", " ");

// The time zone tells more than the language: many people outside the United States read English.
// Looking through every country takes a tenth of a second, so the spoken one comes first.
export function guessCountry(): string {
  const zone = deviceTimeZone();
  const spoken = new Intl.Locale(navigator.language).region;
  const hasZone = (region: string) => zonesOf(region).includes(zone);
  if (spoken !== undefined && hasZone(spoken)) return spoken;
  return regions.find(hasZone) ?? spoken ?? "";
}

type WithZones = Intl.Locale & { getTimeZones?: () => string[] | undefined };

function zonesOf(region: string): readonly string[] {
  const locale: WithZones = new Intl.Locale("und", { region });
  return locale.getTimeZones?.() ?? [];
}
