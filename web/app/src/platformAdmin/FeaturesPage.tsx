import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { FormNotice } from "../accounts/FormNotice";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Switch } from "../ui/Switch";
import { Trouble } from "../ui/Trouble";
import { useTitle } from "../ui/useTitle";
import { type FeatureLine, featuresQuery, switchFeature, switchFeatureFor } from "./platform";
import styles from "./platform.module.css";

// What can be turned off, for everybody, and for whom it is otherwise said.
export function FeaturesPage() {
  const { t } = useTranslation();
  useTitle(t("platform.features"));
  const features = useQuery(featuresQuery);
  return (
    <>
      <h1 className={styles.title}>{t("platform.features")}</h1>
      <p className={styles.quiet}>{t("platform.featuresPage.about")}</p>
      {features.isPending && <Bar width={320} />}
      {features.isError && features.data === undefined && (
        <Trouble
          title={t("platform.featuresPage.trouble")}
          problem={features.error}
          retry={() => features.refetch()}
        />
      )}
      <div className={styles.boxes}>
        {features.data?.map((line) => (
          <FeatureBox key={line.feature} line={line} />
        ))}
      </div>
    </>
  );
}

function FeatureBox({ line }: { line: FeatureLine }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const again = { onSettled: () => cache.invalidateQueries({ queryKey: ["platform"] }) };
  const everybody = useMutation({ mutationFn: switchFeature, ...again });
  const one = useMutation({ mutationFn: switchFeatureFor, ...again });
  const { feature, is_on, organizations } = line;
  const name = t(`features.name.${feature}`);
  return (
    <Box title={name}>
      <div className={styles.stack}>
        {everybody.isError && <FormNotice problem={everybody.error} />}
        {one.isError && <FormNotice problem={one.error} />}
        <p className={styles.quiet}>{t(`features.about.${feature}`)}</p>
        <div className={styles.line}>
          <Switch
            label={t("platform.featuresPage.everybody", { name })}
            isOn={is_on}
            disabled={everybody.isPending}
            change={(on) => everybody.mutate({ feature, is_on: on })}
          />
          <span>{t(is_on ? "platform.featuresPage.on" : "platform.featuresPage.off")}</span>
        </div>
        {organizations.map(({ id, name: who, is_on: own }) => (
          <div key={id} className={styles.line}>
            <span className={styles.words}>
              <Link to="/platform/organizations/$id" params={{ id }} className={styles.name}>
                {who}
              </Link>
              <span className={styles.quiet}>
                {t(own ? "platform.featuresPage.ownOn" : "platform.featuresPage.ownOff")}
              </span>
            </span>
            <Button
              size="sm"
              aria-label={t("platform.featuresPage.asEverybodyOf", { name: who })}
              onClick={() => one.mutate({ id, feature, is_on: null })}
            >
              {t("platform.featuresPage.asEverybody")}
            </Button>
          </div>
        ))}
      </div>
    </Box>
  );
}
