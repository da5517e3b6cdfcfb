import { PasswordBox } from "./PasswordBox";
import { ProfileBox } from "./ProfileBox";
import { SecondFactorBox } from "./SecondFactorBox";
import { SessionsBox } from "./SessionsBox";

// Who one is to the others of the organization, and how one signs in.
export function ProfileSection() {
  return (
    <>
      <ProfileBox />
      <PasswordBox />
      <SecondFactorBox />
      <SessionsBox />
    </>
  );
}
