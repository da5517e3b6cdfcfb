import { useLocalStorage } from "@mantine/hooks";

// A choice about the screen that this browser remembers, such as the width of a panel.
export function useStored<Value>(name: string, otherwise: Value) {
  return useLocalStorage<Value>({
    key: `leadcrm.${name}`,
    defaultValue: otherwise,
    getInitialValueInEffect: false,
  });
}
