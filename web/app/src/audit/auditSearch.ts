// What the list is narrowed to, as it stands in the address bar. `from` and `until` are days, both
// included.
export type AuditSearch = {
  person?: string | undefined;
  key?: string | undefined;
  action?: string | undefined;
  object?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
};

export function readAuditSearch(address: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {};
  const take = (name: keyof AuditSearch, form: RegExp) => {
    const value = address[name];
    if (typeof value === "string" && form.test(value)) search[name] = value;
  };
  take("person", /^user_\w{26}$/);
  take("key", /^key_\w{26}$/);
  take("action", /^[\w{}./ -]{1,200}$/);
  take("object", /^\P{Cc}{1,200}$/u); // an id, or an operator's words
  take("from", /^\d{4}-\d\d-\d\d$/);
  take("until", /^\d{4}-\d\d-\d\d$/);
  return search;
}
