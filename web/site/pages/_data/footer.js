export default [
  {
    name: "Product",
    links: [
      { name: "Features", address: "/features" },
      { name: "Roles", address: "/roles" },
      { name: "Pricing", address: "/pricing" },
      { name: "Status", address: "/status" },
      { name: "Sign in", address: "/app/sign-in" },
    ],
  },
  {
    name: "Integration",
    links: [
      { name: "Meta Graph API", address: "/docs/meta-graph-api" },
      { name: "OAuth setup", address: "/docs/oauth-setup" },
      { name: "Webhooks", address: "/docs/webhooks" },
      { name: "Developer docs", address: "/docs" },
    ],
  },
  {
    name: "Legal",
    links: [
      { name: "Privacy policy", address: "/privacy" },
      { name: "Terms of service", address: "/terms" },
      { name: "Data deletion", address: "/data-deletion" },
      { name: "Accessibility", address: "/accessibility" },
    ],
  },
];
