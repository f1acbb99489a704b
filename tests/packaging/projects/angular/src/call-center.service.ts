import { Injectable, OnDestroy } from "@angular/core";
import { CallCenter, initAsync } from "omicall-call-center";

/** The client of the application: one for all components. */
@Injectable({ providedIn: "root" })
export class CallCenterService implements OnDestroy {
  private opened?: Promise<CallCenter>;

  /** Starts the module at the first call. After a failure, the next call tries again. */
  open(): Promise<CallCenter> {
    this.opened ??= initAsync().then(
      () =>
        new CallCenter({
          baseUrl: "/omicall",
          auth: {
            getAccessToken: async () => {
              const response = await fetch("/my-backend/omicall-token");
              if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
              return response.text();
            },
          },
        }),
    );
    this.opened.catch(() => (this.opened = undefined));
    return this.opened;
  }

  ngOnDestroy(): void {
    this.opened?.then((callCenter) => callCenter.free());
  }
}
