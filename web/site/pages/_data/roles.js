// Who can do what: the rights of each role as the program has them, in words. A right that no
// endpoint asks for yet is not shown: there is nothing to do with it.
import api from "./api.js";

const names = { owner: "Owner", team_lead: "Team lead", agent: "Agent" };

const words = {
  read_leads: "See leads, their answers and their timeline, live",
  write_leads: "Change the stage and the contact of a lead",
  assign_leads: "Give leads to people (a team lead: to people of the own teams)",
  export_leads: "Take out the leads one sees as a file (an owner decides it for each agent)",
  delete_leads: "Delete leads, and restore them for 30 days (an owner decides it for each agent)",
  read_reports: "See reports",
  read_sources: "See pages, forms, deliveries, the doctor and the lead ledger",
  write_sources:
    "Connect and disconnect Facebook pages, switch forms, fetch older leads, send test leads",
  manage_people: "Invite people, give them roles and make teams",
  manage_organization: "Change the organization's settings",
  own_data: "Take everything out and delete the organization, also while it is suspended",
};

const sights = {
  all: "All",
  team: "Those of the own teams, and those nobody has yet; all while there are no teams",
  own_and_unassigned:
    "Own, and those nobody has yet; an owner can make it fewer, or the team's too",
  own: "Own",
};

// Of everybody, and of whoever operates the service, who is in no organization.
const ofNoRole = new Set(["everybody", "signed_in", "own_account", "operate_platform"]);

export default function roles() {
  const { roles: told, rights } = api();
  const asked = [...rights].filter((right) => !ofNoRole.has(right));
  const inOrder = [...Object.keys(words).filter((right) => asked.includes(right))];
  const others = asked.filter((right) => !(right in words));
  return {
    names: Object.keys(told).map((role) => names[role] ?? role.replaceAll("_", " ")),
    sees: Object.values(told).map(({ sees }) => sights[sees] ?? sees.replaceAll("_", " ")),
    rows: [...inOrder, ...others].map((right) => ({
      right,
      words: words[right] ?? right.replaceAll("_", " "),
      may: Object.values(told).map((role) => role.rights.includes(right)),
    })),
  };
}
