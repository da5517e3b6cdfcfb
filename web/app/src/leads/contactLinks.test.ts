import { expect, it } from "vitest";
import { callLink, displayPhone, mailLink, smsLink, whatsappLink } from "./contactLinks";

const ana = {
  phone: "+447700900142",
  phone_raw: "07700 900142",
  email: "ana+flats@example.com",
  contact_hidden: false,
};

it("makes one link for each way to reach somebody", () => {
  expect(callLink(ana)).toBe("tel:+447700900142");
  expect(smsLink(ana)).toBe("sms:+447700900142");
  expect(whatsappLink(ana)).toBe("https://wa.me/447700900142");
  expect(mailLink(ana)).toBe("mailto:ana%2Bflats@example.com");
});

it("has no link for what is missing", () => {
  const nobody = { ...ana, phone: null, phone_raw: "call my sister", email: null };
  expect(callLink(nobody)).toBeUndefined();
  expect(whatsappLink(nobody)).toBeUndefined();
  expect(mailLink(nobody)).toBeUndefined();
  expect(displayPhone(nobody)).toBe("call my sister");
});

it("reaches nobody by a contact that is hidden, and shows it as it came", () => {
  const hidden = { phone: "+44 ••• ••42", phone_raw: null, email: "•••@•••", contact_hidden: true };
  for (const link of [callLink, smsLink, whatsappLink, mailLink]) {
    expect(link(hidden)).toBeUndefined();
  }
  expect(displayPhone(hidden)).toBe("+44 ••• ••42");
  expect(displayPhone({ ...hidden, phone: null, phone_raw: "•••" })).toBe("•••");
  expect(displayPhone({ ...hidden, phone: null })).toBe("");
});

it("lets no mail address add fields of its own", () => {
  expect(mailLink({ ...ana, email: "a@b.example?bcc=x@y.example" })).not.toContain("?");
});

it.each([
  ["+447700900142", "+44 770 090 0142"],
  ["+14155550132", "+1 415 555 0132"],
  ["+351912345678", "+351 912 345 678"],
])("writes %s as %s", (phone, text) => {
  expect(displayPhone({ ...ana, phone })).toBe(text);
});
