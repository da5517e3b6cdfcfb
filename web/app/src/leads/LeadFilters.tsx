import { Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { CheckList, type Choice } from "../ui/CheckList";
import { FilterChip } from "../ui/FilterChip";
import chips from "../ui/FilterChip.module.css";
import styles from "./LeadFilters.module.css";
import { type LeadFilter, listFilters } from "./leadFilter";
import { formsQuery, type Lead, stagesQuery } from "./leads";
import { SubmittedFilter, useSubmittedText } from "./SubmittedFilter";

type Props = { filter: LeadFilter; change: (filter: LeadFilter) => void; leads: Lead[] };

const fields = [...listFilters, "submitted"] as const;
type Field = (typeof fields)[number];

// The filters as chips. AND between chips, OR within one.
export function LeadFilters({ filter, change, leads }: Props) {
  const { t } = useTranslation();
  const choices = useChoices(leads);
  const submittedText = useSubmittedText(filter.submitted);
  const [editing, setEditing] = useState<Field | undefined>();

  const without = (field: Field | "q") => {
    const { [field]: _, ...rest } = filter;
    return rest as LeadFilter;
  };
  const remove = (field: Field | "q") => {
    setEditing(undefined);
    change(without(field));
  };
  const chosen = fields.filter((field) => filter[field] !== undefined || editing === field);
  const left = fields.filter((field) => !chosen.includes(field));

  const textOf = (field: Field) => {
    if (field === "submitted") return submittedText;
    const values = filter[field] ?? [];
    return values
      .map((value) => choices[field].find((choice) => choice.value === value)?.label ?? value)
      .join(", ");
  };

  return (
    <div className={styles.filters}>
      {filter.q !== undefined && (
        <FilterChip name={t("filter.q")} value={filter.q} remove={() => remove("q")} />
      )}
      {chosen.map((field) => (
        <FilterChip
          key={field}
          name={t(`filter.${field}`)}
          value={textOf(field)}
          opened={editing === field}
          onToggle={(opened) => setEditing(opened ? field : undefined)}
          remove={() => remove(field)}
        >
          {field === "submitted" ? (
            <SubmittedFilter
              value={filter.submitted}
              change={(submitted) =>
                change(submitted === undefined ? without(field) : { ...filter, submitted })
              }
            />
          ) : (
            <CheckList
              label={t(`filter.${field}`)}
              choices={choices[field]}
              chosen={filter[field] ?? []}
              change={(values) =>
                change(values.length === 0 ? without(field) : { ...filter, [field]: values })
              }
            />
          )}
        </FilterChip>
      ))}
      {left.length > 0 && (
        <Menu position="bottom-start" width={180} returnFocus={false}>
          <Menu.Target>
            <button type="button" className={chips.add}>
              <IconPlus size={12} stroke={1.6} aria-hidden="true" />
              {t("filter.add")}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {left.map((field) => (
              <Menu.Item key={field} onClick={() => setEditing(field)}>
                {t(`filter.${field}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

function useChoices(leads: Lead[]): Record<(typeof listFilters)[number], Choice[]> {
  const { t } = useTranslation();
  const me = useMe();
  const stages = useQuery(stagesQuery).data ?? [];
  const forms = useQuery(formsQuery).data ?? [];
  const colleagues = new Map(
    leads.flatMap(({ owner }) =>
      owner === null || owner.id === me.user.id ? [] : [[owner.id, owner.name]],
    ),
  );
  return {
    stage: stages.map(({ id, name }) => ({ value: id, label: name })),
    owner: [
      { value: "me", label: t("filter.me") },
      { value: "unassigned", label: t("filter.unassigned") },
      ...[...colleagues].map(([value, label]) => ({ value, label })),
    ],
    source: [
      { value: "fb", label: t("source.fb") },
      { value: "ig", label: t("source.ig") },
    ],
    form: forms.map(({ form_id, name, page_name }) => ({
      value: form_id,
      label: name,
      hint: page_name,
    })),
  };
}
