export default [
  { name: "Features", address: "/features" },
  { name: "Roles", address: "/roles" },
  { name: "Pricing", address: "/pricing" },
  { name: "Developers", address: "/docs" },
];
