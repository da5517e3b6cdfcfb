import { NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FormNotice } from "../accounts/FormNotice";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Trouble } from "../ui/Trouble";
import { type FeatureLine, featuresQuery, switchFeatureFor } from "./platform";
import styles from "./platform.module.css";

// What one organization has: as everybody, or on or off whatever everybody has.
export function FeaturesBox({ id }: { id: string }) {
  const { t } = useTranslation();
  const features = useQuery(featuresQuery);
  return (
    <Box title={t("platform.features")}>
      {features.isPending && <Bar width={200} />}
      {features.isError && features.data === undefined && (
        <Trouble
          title={t("platform.featuresPage.trouble")}
          problem={features.error}
          retry={() => features.refetch()}
        />
      )}
      <div className={styles.stack}>
        {features.data?.map((line) => (
          <FeatureChoice key={line.feature} line={line} id={id} />
        ))}
      </div>
    </Box>
  );
}

const choices = ["default", "on", "off"] as const;

function FeatureChoice({ line, id }: { line: FeatureLine; id: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const set = useMutation({
    mutationFn: switchFeatureFor,
    onSettled: () => cache.invalidateQueries({ queryKey: ["platform"] }),
  });
  const own = line.organizations.find((each) => each.id === id);
  const words = {
    default: t(line.is_on ? "platform.featuresPage.defaultOn" : "platform.featuresPage.defaultOff"),
    on: t("platform.featuresPage.ownOn"),
    off: t("platform.featuresPage.ownOff"),
  };
  return (
    <>
      {set.isError && <FormNotice problem={set.error} />}
      <NativeSelect
        className={styles.wide}
        label={t(`features.name.${line.feature}`)}
        value={own === undefined ? "default" : own.is_on ? "on" : "off"}
        disabled={set.isPending}
        data={choices.map((each) => ({ value: each, label: words[each] }))}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const is_on = value === "default" ? null : value === "on";
          set.mutate({ id, feature: line.feature, is_on });
        }}
      />
    </>
  );
}
