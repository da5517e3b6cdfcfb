import { expect, it } from "vitest";
import { aLead } from "../app/fakeServer";
import { furtherAnswers } from "./furtherAnswers";

const answer = (key: string, ...values: string[]) => ({ key, label: key, values });

it("leaves out the contact, however it was typed", () => {
  const rooms = answer("rooms", "3", "4");
  const lead = aLead({
    answers: [
      answer("nombre_completo", " Ana Lima"),
      answer("email", "Ana@Example.com"),
      answer("phone_number", "07700 900-142"),
      answer("whatsapp_number", "+44 7700 900142"),
      rooms,
    ],
  });
  expect(furtherAnswers(lead)).toEqual([rooms]);
});

it("leaves out what is hidden", () => {
  const lead = aLead({
    phone: "+44 ••• ••42",
    phone_raw: null,
    email: "•••@•••",
    contact_hidden: true,
    answers: [answer("email", "•••"), answer("rooms", "3"), answer("ways", "•••", "by post")],
  });
  expect(furtherAnswers(lead).map(({ key }) => key)).toEqual(["rooms", "ways"]);
});

it("keeps a second number that the contact does not have", () => {
  const second = answer("work_phone", "+44 7700 900999");
  expect(furtherAnswers(aLead({ answers: [second] }))).toEqual([second]);
});
