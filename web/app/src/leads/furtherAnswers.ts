import type { Answer, Lead } from "./leads";

// What a lead answered beyond its own name, address and number, which a list shows already.
export function furtherAnswers(lead: Lead): Answer[] {
  const contact = new Set([lead.name, lead.email, lead.phone, lead.phone_raw].map(plain));
  return lead.answers.filter(({ values }) => !values.every((value) => contact.has(plain(value))));
}

// The server tidies contacts up: spaces, case, the signs inside a phone number.
const plain = (text: string | null) => text?.toLowerCase().replace(/[\s().\-/]/g, "");
