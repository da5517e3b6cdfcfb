// What the list of organizations is narrowed to, as it stands in the address bar.
export type OrganizationSearch = { q?: string };

export const readOrganizationSearch = (address: Record<string, unknown>): OrganizationSearch =>
  typeof address.q === "string" && address.q.trim() !== "" && address.q.length <= 120
    ? { q: address.q }
    : {};
