import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/ApiProblem";
import { fieldsQuery } from "../customFields/customFields";
import { Bar } from "../ui/Bar";
import { useToasts } from "../ui/Toasts";
import { Trouble, useReasonOf } from "../ui/Trouble";
import styles from "./FormMapping.module.css";
import { LastRun } from "./LastRun";
import { MappingQuestion } from "./MappingQuestion";
import {
  type FormMapping as Mapping,
  mappingKey,
  mappingQuery,
  type Place,
  placeOf,
  saveMapping,
} from "./mapping";
import { ReadAgain } from "./ReadAgain";

// What each question of a form becomes, beside what people answered last.
export function FormMapping({ formId }: { formId: string }) {
  const { t } = useTranslation();
  const mapping = useQuery(mappingQuery(formId));
  const fields = useQuery(fieldsQuery);
  if (mapping.isError && mapping.data === undefined)
    return (
      <Trouble
        title={t("mapping.trouble")}
        problem={mapping.error}
        retry={() => mapping.refetch()}
      />
    );
  if (mapping.data === undefined || fields.data === undefined)
    return (
      <div className={styles.waiting} aria-busy="true">
        <Bar width="80%" />
        <Bar width="60%" />
      </div>
    );
  if (mapping.data.questions.length === 0)
    return <p className={styles.quiet}>{t("forms.noQuestions")}</p>;
  return <Questions mapping={mapping.data} />;
}

function Questions({ mapping }: { mapping: Mapping }) {
  const { t } = useTranslation();
  const [places, setPlaces] = useState<ReadonlyMap<string, Place>>(new Map());
  const [isReading, setIsReading] = useState(false);
  const save = useSave(
    mapping,
    () => setPlaces(new Map()),
    () => setIsReading(true),
  );
  const changed = mapping.questions.filter(
    (question) => places.has(question.key) && places.get(question.key) !== placeOf(question),
  ).length;
  const fresh = mapping.questions.filter(({ is_new }) => is_new).length;

  return (
    <section
      className={styles.mapping}
      aria-label={t("mapping.label", { form: mapping.form_name })}
    >
      {mapping.carried_from !== null && (
        <p className={styles.quiet}>{t("mapping.carried", { form: mapping.carried_from })}</p>
      )}
      <div className={styles.columns} aria-hidden="true">
        <span>{t("forms.question")}</span>
        <span>{t("mapping.answers")}</span>
        <span>{t("forms.becomes")}</span>
      </div>
      <ul className={styles.questions}>
        {mapping.questions.map((question) => (
          <MappingQuestion
            key={question.key}
            question={question}
            place={places.get(question.key) ?? placeOf(question)}
            choose={(place) => setPlaces(new Map(places).set(question.key, place))}
          />
        ))}
      </ul>
      <div className={styles.actions}>
        <Button
          variant="filled"
          onClick={() => save.mutate(places)}
          loading={save.isPending}
          disabled={changed === 0 && fresh === 0}
        >
          {changed === 0 && fresh > 0 ? t("mapping.confirm", { count: fresh }) : t("mapping.save")}
        </Button>
        {changed > 0 && (
          <Button variant="subtle" onClick={() => setPlaces(new Map())}>
            {t("mapping.discard")}
          </Button>
        )}
        <Button variant="subtle" disabled={changed > 0} onClick={() => setIsReading(true)}>
          {t("readAgain.open")}
        </Button>
        <LastRun formId={mapping.form_id} />
      </div>
      {isReading && (
        <ReadAgain
          form={{ id: mapping.form_id, name: mapping.form_name }}
          close={() => setIsReading(false)}
        />
      )}
    </section>
  );
}

function useSave(mapping: Mapping, onSaved: () => void, readAgain: () => void) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  return useMutation({
    mutationFn: (places: ReadonlyMap<string, Place>) => saveMapping(mapping, places),
    onSuccess: (saved) => {
      cache.setQueryData(mappingKey(mapping.form_id), saved);
      cache.invalidateQueries({ queryKey: ["meta", "forms"] });
      cache.invalidateQueries({ queryKey: ["meta", "mapping"] });
      cache.invalidateQueries({ queryKey: ["fields"] });
      onSaved();
      toasts.show({
        text: t("mapping.saved"),
        action: { label: t("readAgain.open"), act: readAgain },
      });
    },
    onError: (problem) => {
      toasts.show({ text: reasonOf(problem), important: true });
      if (problem instanceof ApiProblem && problem.status === 412)
        cache.invalidateQueries({ queryKey: mappingKey(mapping.form_id) });
    },
  });
}
