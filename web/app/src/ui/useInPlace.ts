import { useState } from "react";

// Forms that open in the place of what they change, one at a time. When one closes, the keyboard is
// at the button again that opened it.
export function useInPlace<Form extends string>() {
  const [{ form, last }, set] = useState<{ form?: Form; last?: Form }>({});
  return {
    form, // the open one
    opener: (which: Form) => ({ autoFocus: last === which, onClick: () => set({ form: which }) }),
    close: () => set(form === undefined ? {} : { last: form }),
  };
}
