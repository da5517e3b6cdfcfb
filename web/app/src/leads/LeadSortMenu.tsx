import { Button, Menu } from "@mantine/core";
import { IconArrowsSort, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./LeadSortMenu.module.css";
import { type LeadFilter, sorts } from "./leadFilter";

type Props = { filter: LeadFilter; change: (filter: LeadFilter) => void };

export function LeadSortMenu({ filter, change }: Props) {
  const { t } = useTranslation();
  const now = filter.sort ?? sorts[0];
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button
          className={styles.button ?? ""}
          variant="subtle"
          size="sm"
          leftSection={<IconArrowsSort size={16} />}
          aria-label={t("sort.label", { sort: t(`sort.${now}`) })}
        >
          <span className={styles.text}>{t(`sort.${now}`)}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sorts.map((sort) => (
          <Menu.RadioItem
            key={sort}
            value={sort}
            checked={sort === now}
            closeMenuOnClick
            rightSection={sort === now && <IconCheck size={16} />}
            onChange={() => {
              const { sort: _, ...rest } = filter;
              change(sort === sorts[0] ? rest : { ...rest, sort });
            }}
          >
            {t(`sort.${sort}`)}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
