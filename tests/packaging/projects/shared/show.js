// What every page of these projects does with the package, however it came by it.
export async function show({ CallCenter, OmiCallError, initAsync }) {
  try {
    await initAsync();
    const callCenter = new CallCenter({
      // Your own server passes this path on to OMICall, and hands out tokens: see the recipes.
      baseUrl: "/omicall",
      auth: {
        getAccessToken: async () => {
          const response = await fetch("/my-backend/omicall-token");
          if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
          return response.text();
        },
      },
    });
    for await (const phone of callCenter.phones.iterate()) {
      const item = document.createElement("li");
      item.textContent = `${phone.sip_user} ${phone.full_name}`;
      document.querySelector("#phones").append(item);
    }
    document.body.dataset.done = "";
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    document.querySelector("#problem").textContent = error.message;
  }
}
