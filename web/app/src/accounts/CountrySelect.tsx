import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import { useMemo, useState } from "react";
import { useLocale } from "../ui/useLocale";
import { countryChoices } from "./whereabouts";

type Props = Omit<NativeSelectProps, "data" | "value" | "defaultValue" | "onChange"> & {
  at: string; // the country to begin with, "" for none
  none?: string; // what having none is called, where that may be
};

// By name, so in another order in each language: what is chosen stays when the language changes.
export function CountrySelect({ at, none, ...props }: Props) {
  const { tag } = useLocale();
  const [country, setCountry] = useState(at);
  const countries = useMemo(() => countryChoices(tag, at === "" ? null : at), [tag, at]);
  return (
    <NativeSelect
      {...props}
      value={country}
      onChange={(event) => setCountry(event.currentTarget.value)}
      data={none === undefined ? countries : [{ value: "", label: none }, ...countries]}
    />
  );
}
