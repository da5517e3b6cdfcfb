import { confirmNewAddress } from "./accounts";
import { LetterLink } from "./LetterLink";

// The address that an account is to have from now on.
export function NewAddressPage() {
  return <LetterLink texts="newAddress" confirm={confirmNewAddress} />;
}
