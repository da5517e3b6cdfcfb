import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

type Props = Omit<PasswordInputProps, "visibilityToggleButtonProps" | "withAsterisk"> & {
  show?: string; // what the button says that makes it readable
};

// A password, or another secret, that can be looked at while it is typed.
export function SecretInput({ show, error, ...props }: Props) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...props}
      error={error}
      aria-invalid={Boolean(error)} // which Mantine says of every other field, but not of this one
      withAsterisk={false}
      visibilityToggleButtonProps={{
        "aria-label": show ?? t("signIn.showPassword"),
        tabIndex: 0,
      }}
    />
  );
}
