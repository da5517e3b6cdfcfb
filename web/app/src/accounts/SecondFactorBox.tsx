import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Box } from "../ui/Box";
import { Tag } from "../ui/Tag";
import { useToasts } from "../ui/Toasts";
import { Trouble } from "../ui/Trouble";
import { useInPlace } from "../ui/useInPlace";
import styles from "./AccountForm.module.css";
import { meQuery } from "./accounts";
import { ProofFields, useProof } from "./ProofFields";
import { RecoveryCodeList } from "./RecoveryCodeList";
import { SecondFactorSetUp } from "./SecondFactorSetUp";
import { endSecondFactor, type Proof, renewRecoveryCodes, secondFactorQuery } from "./secondFactor";
import { useAccount } from "./useMe";

// A second factor for signing in: on or off, and its recovery codes.
export function SecondFactorBox() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { show } = useToasts();
  const { organization, user } = useAccount();
  // Of whoever operates the service too. A passkey is one as well: with one, the app may go.
  const isNeeded = (organization?.needs_second_factor ?? true) && !user.has_passkeys;
  const factor = useQuery(secondFactorQuery);
  const { form, opener, close } = useInPlace<"set up" | "renew" | "end">();
  const [codes, setCodes] = useState<string[]>();
  const isOn = factor.data?.since != null;
  const changed = () => {
    close();
    setCodes(undefined);
    cache.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    return cache.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  const cancel = (
    <Button variant="subtle" onClick={close}>
      {t("confirm.cancel")}
    </Button>
  );

  return (
    <Box
      title={t("secondFactor.title")}
      hint={isOn ? <Tag tone="ok">{t("secondFactor.on")}</Tag> : undefined}
    >
      {factor.isError && (
        <Trouble
          title={t("secondFactor.trouble")}
          problem={factor.error}
          retry={() => factor.refetch()}
        />
      )}
      {factor.isSuccess && form === undefined && !isOn && (
        <div className={styles.row}>
          <p className={styles.words}>{t("secondFactor.about")}</p>
          <Button {...opener("set up")}>{t("secondFactor.setUp")}</Button>
        </div>
      )}
      {factor.isSuccess && form === undefined && isOn && (
        <div className={styles.row}>
          <p className={styles.words}>
            {t("secondFactor.left", { count: factor.data.recovery_codes_left })}
            {isNeeded &&
              ` ${t(organization ? "secondFactor.needed" : "secondFactor.neededToOperate")}`}
          </p>
          <div className={styles.actions}>
            <Button {...opener("renew")}>{t("secondFactor.renew")}</Button>
            {!isNeeded && <Button {...opener("end")}>{t("secondFactor.end")}</Button>}
          </div>
        </div>
      )}
      {form === "set up" && <SecondFactorSetUp done={changed} aside={cancel} />}
      {form === "renew" && codes === undefined && (
        <Prove
          act={t("secondFactor.renew")}
          send={renewRecoveryCodes}
          done={setCodes}
          aside={cancel}
        />
      )}
      {codes !== undefined && <RecoveryCodeList codes={codes} close={changed} />}
      {form === "end" && (
        <Prove
          act={t("secondFactor.end")}
          send={endSecondFactor}
          done={() => {
            show({ text: t("secondFactor.ended") });
            changed();
          }}
          aside={cancel}
        />
      )}
    </Box>
  );
}

// Before something that a stolen session must not be enough for.
function Prove<Answer>(props: {
  act: string;
  send: (proof: Proof) => Promise<Answer>;
  done: (answer: Answer) => void;
  aside: ReactNode;
}) {
  const proof = useProof();
  const attempt = useMutation({
    mutationFn: async (typed: FormData) => props.send(await proof.of(typed)),
    onSuccess: props.done,
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate(new FormData(event.currentTarget));
      }}
    >
      <ProofFields proof={proof} problem={attempt.error} autoFocus />
      <div className={styles.actions}>
        <Button type="submit" variant="filled" loading={attempt.isPending}>
          {props.act}
        </Button>
        {props.aside}
      </div>
    </form>
  );
}
