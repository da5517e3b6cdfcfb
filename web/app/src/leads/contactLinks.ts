// How to reach a person with one tap. A contact that is hidden reaches nobody.
import type { Lead } from "./leads";

type Contact = Pick<Lead, "phone" | "phone_raw" | "email" | "contact_hidden">;

const known = (text: string | null, { contact_hidden }: Contact) =>
  text && !contact_hidden ? text : undefined;

export function callLink(contact: Contact) {
  const phone = known(contact.phone, contact);
  return phone && `tel:${phone}`;
}
export function smsLink(contact: Contact) {
  const phone = known(contact.phone, contact);
  return phone && `sms:${phone}`;
}
export function mailLink(contact: Contact) {
  const email = known(contact.email, contact);
  return email && `mailto:${encodeURIComponent(email).replace("%40", "@")}`;
}
export function whatsappLink(contact: Contact) {
  const phone = known(contact.phone, contact);
  return phone && `https://wa.me/${phone.replace(/\D/g, "")}`;
}

// In groups, as it is read aloud: +49 151 234 567 89. What could not be understood stays as typed,
// and what is hidden as the server masked it: +49 ••• ••12.
export function displayPhone({ phone, phone_raw, contact_hidden }: Contact): string {
  if (contact_hidden) return phone ?? phone_raw ?? "";
  if (phone === null || phone === "") return phone_raw ?? "";
  const code = callingCodes.find((known) => phone.startsWith(`+${known}`)) ?? phone.slice(1, 3);
  const rest = phone.slice(code.length + 1);
  const groups = rest.match(/.{1,3}/g) ?? [];
  // A last digit all by itself joins the group before it.
  if (groups.length > 1 && groups.at(-1)?.length === 1)
    groups.splice(-2, 2, groups.slice(-2).join(""));
  return [`+${code}`, ...groups].join(" ");
}

// Longest first, so that +1 does not hide behind nothing and +351 is not read as +35.
const callingCodes = [
  ..."351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382 383 385 386 387 389 420 421 423 212 213 216 218 220 221 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243 244 245 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 501 502 503 504 505 506 507 509 591 592 593 595 597 598 673 852 853 855 856 880 886 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 992 993 994 995 996 998".split(
    " ",
  ),
  ..."20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split(
    " ",
  ),
  "1",
  "7",
];
