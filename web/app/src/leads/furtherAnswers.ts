import type { Answer, Lead } from "./leads";

// What a lead answered beyond its own name, address and number, which a list shows already, and
// beyond what is hidden.
export function furtherAnswers(lead: Lead): Answer[] {
  const contact = new Set([lead.name, lead.email, lead.phone, lead.phone_raw].map(plain));
  if (lead.contact_hidden) contact.add(plain(hidden));
  return lead.answers.filter(({ values }) => !values.every((value) => contact.has(plain(value))));
}

// What the server puts in place of an answer that tells how to reach the person.
const hidden = "•••";

// The server tidies contacts up: spaces, case, the signs inside a phone number.
const plain = (text: string | null) => text?.toLowerCase().replace(/[\s().\-/]/g, "");
