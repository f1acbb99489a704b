import { provideExperimentalZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { PhonesComponent } from "./phones.component";

bootstrapApplication(PhonesComponent, { providers: [provideExperimentalZonelessChangeDetection()] }).catch(console.error);
