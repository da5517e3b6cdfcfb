import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../accounts/DoorFrame.module.css";
import { fieldsOf } from "../accounts/formFields";
import { domainIn, wayToIssuer } from "./companySignIn";

// The other way in, below the form of the sign-in page. A plain change of address: the issuer is
// another site, so no form of ours may be sent there.
export function CompanyDoor() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen)
    return (
      <p className={styles.other}>
        <Button variant="subtle" onClick={() => setIsOpen(true)}>
          {t("companyDoor.open")}
        </Button>
      </p>
    );
  return (
    <form
      className={styles.below}
      aria-label={t("companyDoor.open")}
      onSubmit={(event) => {
        event.preventDefault();
        const { address } = fieldsOf(event.currentTarget, ["address"]);
        window.location.assign(wayToIssuer(domainIn(address)));
      }}
    >
      <TextInput
        label={t("companyDoor.address")}
        description={t("companyDoor.addressHint")}
        name="address"
        autoComplete="email"
        inputMode="email"
        autoFocus
        required
        withAsterisk={false}
      />
      <Button type="submit" size="xl" fullWidth>
        {t("companyDoor.go")}
      </Button>
    </form>
  );
}
